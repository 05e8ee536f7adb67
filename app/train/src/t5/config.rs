//! The shape of a T5 model, as Hugging Face's `config.json` states it.

use serde::{Deserialize, Serialize};

/// Hyper-parameters of a T5 checkpoint; field names and defaults are those of Hugging Face's `T5Config`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Always `t5`; written so that other programs recognise the checkpoint.
    pub model_type: String,
    /// Rows of the embedding and, where untied, of the head.
    pub vocab_size: usize,
    /// Width of the residual stream.
    pub d_model: usize,
    /// Width of one attention head.
    pub d_kv: usize,
    /// Width inside the feed-forward layers.
    pub d_ff: usize,
    /// Encoder blocks.
    pub num_layers: usize,
    /// Decoder blocks; as many as the encoder has where absent.
    pub num_decoder_layers: Option<usize>,
    /// Attention heads.
    pub num_heads: usize,
    /// Buckets of relative positions.
    pub relative_attention_num_buckets: usize,
    /// Distance from which on all positions share the last bucket.
    pub relative_attention_max_distance: usize,
    /// Probability of dropping a value while training.
    pub dropout_rate: f64,
    /// Added to the mean square in RMS norm.
    pub layer_norm_epsilon: f64,
    /// Scale of random initialisation.
    pub initializer_factor: f64,
    /// `relu` (v1.0) or `gated-gelu` (v1.1, Flan).
    pub feed_forward_proj: FeedForward,
    /// Activation inside the feed-forward layers as transformers names it; follows from `feed_forward_proj`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dense_act_fn: Option<String>,
    /// Whether the head is the embedding (v1.0).
    pub tie_word_embeddings: bool,
    /// Whether the decoder's output is scaled by `d_model^-0.5` before the head; ask [`Config::scales_decoder_outputs`].
    ///
    /// Older files leave it out, because tied models were the scaled ones. Transformers 5 writes it, and ties and does
    /// not scale a v1.1 model that it made itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale_decoder_outputs: Option<bool>,
    /// Padding; also what the decoder starts from.
    pub pad_token_id: u32,
    /// End of text.
    pub eos_token_id: u32,
    /// First token fed to the decoder.
    pub decoder_start_token_id: u32,
    /// Always true: T5 reads with an encoder and writes with a decoder.
    pub is_encoder_decoder: bool,
    /// Class that transformers instantiates.
    pub architectures: Vec<String>,
}

/// The feed-forward variants of T5 v1.0 and v1.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeedForward {
    /// `relu(x·wi)·wo` (Raffel et al. 2020).
    #[serde(rename = "relu")]
    Relu,
    /// `(gelu(x·wi_0) ⊙ x·wi_1)·wo` with the tanh approximation of GELU (Shazeer 2020).
    #[serde(rename = "gated-gelu")]
    GatedGelu,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            model_type: "t5".into(),
            vocab_size: 32_128,
            d_model: 512,
            d_kv: 64,
            d_ff: 2048,
            num_layers: 6,
            num_decoder_layers: None,
            num_heads: 8,
            relative_attention_num_buckets: 32,
            relative_attention_max_distance: 128,
            dropout_rate: 0.1,
            layer_norm_epsilon: 1e-6,
            initializer_factor: 1.0,
            feed_forward_proj: FeedForward::Relu,
            dense_act_fn: None,
            tie_word_embeddings: true,
            scale_decoder_outputs: None,
            pad_token_id: 0,
            eos_token_id: 1,
            decoder_start_token_id: 0,
            is_encoder_decoder: true,
            architectures: vec!["T5ForConditionalGeneration".into()],
        }
    }
}

/// Why a configuration describes no model that can be built.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A size of zero.
    #[error("must be at least 1: `{0}`")]
    Zero(&'static str),
    /// Too few buckets for the two directions of the encoder, or a distance that they already cover one by one.
    #[error(
        "relative attention needs an even number of at least 4 buckets and a longer distance than half of them: {buckets} buckets, distance {distance}"
    )]
    Buckets { buckets: usize, distance: usize },
    /// An activation that belongs to another kind of feed-forward layer.
    #[error("the feed-forward layers want `{wanted}`, not `{found}`: `dense_act_fn`")]
    Activation { found: String, wanted: &'static str },
    /// Dropout outside [0, 1).
    #[error("must be at least 0 and below 1, not {0}: `dropout_rate`")]
    Dropout(f64),
    /// A special token outside the vocabulary.
    #[error("token {token} lies outside the vocabulary of {vocab_size}: `{name}`")]
    Token { name: &'static str, token: u32, vocab_size: usize },
}

impl Config {
    /// Width of all heads together: `num_heads · d_kv`; need not equal `d_model`.
    pub fn inner_dim(&self) -> usize {
        self.num_heads * self.d_kv
    }

    /// Decoder blocks.
    pub fn decoder_layers(&self) -> usize {
        self.num_decoder_layers.unwrap_or(self.num_layers)
    }

    /// Whether the decoder's output is scaled by `d_model^-0.5` before the head; where the file does not say, in tied
    /// models only.
    pub fn scales_decoder_outputs(&self) -> bool {
        self.scale_decoder_outputs.unwrap_or(self.tie_word_embeddings)
    }

    /// Refuses what cannot be built, before anything is allocated.
    pub fn check(&self) -> Result<(), ConfigError> {
        self.check_sizes()?;
        self.check_buckets()?;
        self.check_activation()?;
        if !(0.0..1.0).contains(&self.dropout_rate) {
            return Err(ConfigError::Dropout(self.dropout_rate));
        }
        self.check_tokens()
    }

    fn check_sizes(&self) -> Result<(), ConfigError> {
        let sizes = [
            ("vocab_size", self.vocab_size),
            ("d_model", self.d_model),
            ("d_kv", self.d_kv),
            ("d_ff", self.d_ff),
            ("num_layers", self.num_layers),
            ("num_decoder_layers", self.decoder_layers()),
            ("num_heads", self.num_heads),
        ];
        match sizes.into_iter().find(|(_, size)| *size == 0) {
            Some((name, _)) => Err(ConfigError::Zero(name)),
            None => Ok(()),
        }
    }

    fn check_buckets(&self) -> Result<(), ConfigError> {
        let (buckets, distance) = (self.relative_attention_num_buckets, self.relative_attention_max_distance);
        if buckets < 4 || buckets % 2 == 1 || distance <= buckets / 2 {
            return Err(ConfigError::Buckets { buckets, distance });
        }
        Ok(())
    }

    fn check_activation(&self) -> Result<(), ConfigError> {
        let wanted = match self.feed_forward_proj {
            FeedForward::Relu => "relu",
            FeedForward::GatedGelu => "gelu_new",
        };
        match &self.dense_act_fn {
            Some(found) if found != wanted => Err(ConfigError::Activation { found: found.clone(), wanted }),
            _ => Ok(()),
        }
    }

    fn check_tokens(&self) -> Result<(), ConfigError> {
        let tokens = [
            ("pad_token_id", self.pad_token_id),
            ("eos_token_id", self.eos_token_id),
            ("decoder_start_token_id", self.decoder_start_token_id),
        ];
        match tokens.into_iter().find(|(_, token)| *token as usize >= self.vocab_size) {
            Some((name, token)) => Err(ConfigError::Token { name, token, vocab_size: self.vocab_size }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(fields: &str) -> Config {
        serde_json::from_str(fields).unwrap()
    }

    #[test]
    fn absent_fields_are_those_of_v1_0() {
        // google-t5/t5-small states neither the feed-forward layers nor the tie, and an old file has null for the depth.
        let config =
            config(r#"{"d_model": 512, "num_decoder_layers": null, "n_positions": 512, "task_specific_params": {}}"#);
        assert_eq!((config.feed_forward_proj, config.decoder_layers()), (FeedForward::Relu, 6));
        assert!(config.tie_word_embeddings && config.scales_decoder_outputs());
        config.check().unwrap();
    }

    #[test]
    fn v1_1_does_not_scale() {
        let config = config(r#"{"feed_forward_proj": "gated-gelu", "tie_word_embeddings": false}"#);
        assert!(!config.scales_decoder_outputs());
    }

    #[test]
    fn transformers_5_says_it_outright() {
        let config = config(
            r#"{"feed_forward_proj": "gated-gelu", "tie_word_embeddings": true, "scale_decoder_outputs": false, "dense_act_fn": "gelu_new"}"#,
        );
        assert!(config.tie_word_embeddings && !config.scales_decoder_outputs());
        config.check().unwrap();
    }

    #[test]
    fn what_cannot_be_built_is_refused() {
        let refused = |fields| config(fields).check().unwrap_err().to_string();
        assert_eq!(refused(r#"{"d_kv": 0}"#), "must be at least 1: `d_kv`");
        assert!(refused(r#"{"dense_act_fn": "silu"}"#).starts_with("the feed-forward layers want `relu`, not `silu`"));
        assert!(refused(r#"{"eos_token_id": 99999}"#).ends_with("`eos_token_id`"));
        assert!(serde_json::from_str::<Config>(r#"{"feed_forward_proj": "gated-silu"}"#).is_err());
    }

    #[test]
    fn survives_json() {
        let config = Config { num_decoder_layers: Some(3), ..Config::default() };
        assert_eq!(serde_json::from_str::<Config>(&serde_json::to_string(&config).unwrap()).unwrap(), config);
    }
}
