//! Which parameters a T5 has: their Hugging Face names, shapes, initial scales, and where each stands in the order.

use super::{Config, FeedForward};

/// Position of a parameter in the layout, and so in [`super::Weights`] and [`super::Gradients`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterId(pub usize);

/// One parameter as a checkpoint stores it.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterSpec {
    /// Hugging Face tensor name.
    pub name: String,
    /// Dimensions, outermost first; a linear layer's weight is `[out, in]`.
    pub shape: Vec<usize>,
    /// Initial values.
    pub initial: Initial,
}

/// How a parameter starts in a model that was never trained (`T5PreTrainedModel._init_weights`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Initial {
    /// All the same value: norms.
    Constant(f64),
    /// Normal around zero with this standard deviation.
    Normal(f64),
}

/// All parameters in the order of their names, and the way to each of them.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Sorted by name.
    pub parameters: Vec<ParameterSpec>,
    pub shared: ParameterId,
    /// The head; `None` where it is the embedding.
    pub head: Option<ParameterId>,
    pub encoder: StackLayout,
    pub decoder: StackLayout,
}

/// Parameters of the encoder or the decoder.
#[derive(Clone, Debug)]
pub struct StackLayout {
    pub relative_bias: ParameterId,
    pub blocks: Vec<BlockLayout>,
    pub final_norm: ParameterId,
}

/// Parameters of one block.
#[derive(Clone, Debug)]
pub struct BlockLayout {
    pub self_attention: AttentionLayout,
    /// Only in the decoder.
    pub cross_attention: Option<AttentionLayout>,
    pub feed_forward: FeedForwardLayout,
}

/// Parameters of one attention layer with the norm before it.
#[derive(Clone, Debug)]
pub struct AttentionLayout {
    pub norm: ParameterId,
    pub query: ParameterId,
    pub key: ParameterId,
    pub value: ParameterId,
    pub output: ParameterId,
}

/// Parameters of one feed-forward layer with the norm before it.
#[derive(Clone, Debug)]
pub struct FeedForwardLayout {
    pub norm: ParameterId,
    /// `wi` (v1.0) or `wi_0`, which goes through GELU (v1.1).
    pub inner: ParameterId,
    /// `wi_1` (v1.1).
    pub linear: Option<ParameterId>,
    pub output: ParameterId,
}

impl Layout {
    /// The layout of a configuration.
    pub fn new(config: &Config) -> Self {
        let mut parameters = list(config);
        parameters.sort_by(|a, b| a.name.cmp(&b.name));
        let find = Finder(&parameters);
        Self {
            shared: find.id("shared.weight"),
            head: (!config.tie_word_embeddings).then(|| find.id("lm_head.weight")),
            encoder: find.stack("encoder", config.num_layers, config),
            decoder: find.stack("decoder", config.decoder_layers(), config),
            parameters,
        }
    }

    /// The matrices of all linear layers, and the head.
    pub fn linear(&self) -> impl Iterator<Item = ParameterId> {
        let blocks = self.encoder.blocks.iter().chain(&self.decoder.blocks);
        let of_block = |block: &BlockLayout| {
            let attention = [Some(&block.self_attention), block.cross_attention.as_ref()].into_iter().flatten();
            let of_attention = |layer: &AttentionLayout| [layer.query, layer.key, layer.value, layer.output];
            let FeedForwardLayout { inner, linear, output, .. } = block.feed_forward;
            attention.flat_map(of_attention).chain([inner, output]).chain(linear).collect::<Vec<_>>()
        };
        blocks.flat_map(of_block).chain([self.head.unwrap_or(self.shared)])
    }

    /// Those of them that every step of decoding multiplies a few rows with: not the encoder's, nor those that make keys
    /// and values of the memory.
    pub fn of_steps(&self) -> impl Iterator<Item = ParameterId> {
        let of_block = |block: &BlockLayout| {
            let cross = block.cross_attention.as_ref().map(|cross| [cross.key, cross.value]);
            cross.into_iter().flatten()
        };
        let of_memory: Vec<_> = self.decoder.blocks.iter().flat_map(of_block).collect();
        let is_of_encoder = |id: &ParameterId| self.parameters[id.0].name.starts_with("encoder.");
        self.linear().filter(move |id| !is_of_encoder(id) && !of_memory.contains(id))
    }

    /// Numbers in the model.
    pub fn element_count(&self) -> usize {
        self.parameters.iter().map(|p| p.shape.iter().product::<usize>()).sum()
    }
}

/// Turns names into positions; every name it is asked for was made by [`list`].
struct Finder<'a>(&'a [ParameterSpec]);

impl Finder<'_> {
    fn id(&self, name: &str) -> ParameterId {
        let position = self.0.binary_search_by(|p| p.name.as_str().cmp(name));
        ParameterId(position.expect("the layout lists every name that its rooms ask for"))
    }

    fn stack(&self, stack: &str, blocks: usize, config: &Config) -> StackLayout {
        StackLayout {
            relative_bias: self.id(&relative_bias_name(stack)),
            blocks: (0..blocks).map(|b| self.block(stack, b, config)).collect(),
            final_norm: self.id(&format!("{stack}.final_layer_norm.weight")),
        }
    }

    fn block(&self, stack: &str, block: usize, config: &Config) -> BlockLayout {
        let prefix = format!("{stack}.block.{block}.layer");
        let decoder = stack == "decoder";
        BlockLayout {
            self_attention: self.attention(&format!("{prefix}.0"), "SelfAttention"),
            cross_attention: decoder.then(|| self.attention(&format!("{prefix}.1"), "EncDecAttention")),
            feed_forward: self.feed_forward(&format!("{prefix}.{}", 1 + usize::from(decoder)), config),
        }
    }

    fn attention(&self, layer: &str, kind: &str) -> AttentionLayout {
        let part = |p: &str| self.id(&format!("{layer}.{kind}.{p}.weight"));
        AttentionLayout {
            norm: self.id(&format!("{layer}.layer_norm.weight")),
            query: part("q"),
            key: part("k"),
            value: part("v"),
            output: part("o"),
        }
    }

    fn feed_forward(&self, layer: &str, config: &Config) -> FeedForwardLayout {
        let part = |p: &str| self.id(&format!("{layer}.DenseReluDense.{p}.weight"));
        let gated = config.feed_forward_proj == FeedForward::GatedGelu;
        FeedForwardLayout {
            norm: self.id(&format!("{layer}.layer_norm.weight")),
            inner: part(if gated { "wi_0" } else { "wi" }),
            linear: gated.then(|| part("wi_1")),
            output: part("wo"),
        }
    }
}

fn relative_bias_name(stack: &str) -> String {
    format!("{stack}.block.0.layer.0.SelfAttention.relative_attention_bias.weight")
}

fn list(config: &Config) -> Vec<ParameterSpec> {
    let factor = config.initializer_factor;
    let mut all = vec![normal("shared.weight".into(), [config.vocab_size, config.d_model], factor)];
    if !config.tie_word_embeddings {
        // As T5X starts it; with transformers' 1.0 the loss would begin at about d_model / 2.
        let deviation = factor * root(config.d_model);
        all.push(normal("lm_head.weight".into(), [config.vocab_size, config.d_model], deviation));
    }
    for (stack, blocks) in [("encoder", config.num_layers), ("decoder", config.decoder_layers())] {
        let bias_shape = [config.relative_attention_num_buckets, config.num_heads];
        all.push(normal(relative_bias_name(stack), bias_shape, factor * root(config.d_model)));
        all.push(norm(format!("{stack}.final_layer_norm.weight"), config));
        for block in 0..blocks {
            list_block(&mut all, stack, block, config);
        }
    }
    all
}

fn list_block(all: &mut Vec<ParameterSpec>, stack: &str, block: usize, config: &Config) {
    let prefix = format!("{stack}.block.{block}.layer");
    list_attention(all, &format!("{prefix}.0"), "SelfAttention", config);
    let decoder = stack == "decoder";
    if decoder {
        list_attention(all, &format!("{prefix}.1"), "EncDecAttention", config);
    }
    list_feed_forward(all, &format!("{prefix}.{}", 1 + usize::from(decoder)), config);
}

fn list_attention(all: &mut Vec<ParameterSpec>, layer: &str, kind: &str, config: &Config) {
    let (width, inner, factor) = (config.d_model, config.inner_dim(), config.initializer_factor);
    let name = |part: &str| format!("{layer}.{kind}.{part}.weight");
    all.push(norm(format!("{layer}.layer_norm.weight"), config));
    all.push(normal(name("q"), [inner, width], factor * root(width * config.d_kv)));
    all.push(normal(name("k"), [inner, width], factor * root(width)));
    all.push(normal(name("v"), [inner, width], factor * root(width)));
    all.push(normal(name("o"), [width, inner], factor * root(inner)));
}

fn list_feed_forward(all: &mut Vec<ParameterSpec>, layer: &str, config: &Config) {
    let (width, inner, factor) = (config.d_model, config.d_ff, config.initializer_factor);
    let name = |part: &str| format!("{layer}.DenseReluDense.{part}.weight");
    let entries: &[&str] = match config.feed_forward_proj {
        FeedForward::Relu => &["wi"],
        FeedForward::GatedGelu => &["wi_0", "wi_1"],
    };
    all.push(norm(format!("{layer}.layer_norm.weight"), config));
    all.extend(entries.iter().map(|part| normal(name(part), [inner, width], factor * root(width))));
    all.push(normal(name("wo"), [width, inner], factor * root(inner)));
}

fn root(width: usize) -> f64 {
    (width as f64).powf(-0.5)
}

fn norm(name: String, config: &Config) -> ParameterSpec {
    ParameterSpec { name, shape: vec![config.d_model], initial: Initial::Constant(config.initializer_factor) }
}

fn normal(name: String, shape: [usize; 2], deviation: f64) -> ParameterSpec {
    ParameterSpec { name, shape: shape.to_vec(), initial: Initial::Normal(deviation) }
}
