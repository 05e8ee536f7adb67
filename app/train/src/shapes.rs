//! The sizes of T5 v1.1 that a new model can have.

use crate::t5::{Config, FeedForward};
use std::fmt;
use std::str::FromStr;

/// Vocabularies are filled up to a multiple of this, as T5's own 32,100 tokens are to 32,128 embeddings.
const VOCABULARY_UNIT: usize = 128;

/// A size of model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The bundled model's: two blocks of width 64.
    Nano,
    /// Four blocks of width 128.
    Tiny,
    /// T5-small, v1.1.
    Small,
    /// T5-base, v1.1.
    Base,
    /// T5-large, v1.1.
    Large,
}

impl Shape {
    /// Every size, smallest first.
    pub const ALL: [Shape; 5] = [Shape::Nano, Shape::Tiny, Shape::Small, Shape::Base, Shape::Large];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Nano => "nano",
            Shape::Tiny => "tiny",
            Shape::Small => "small",
            Shape::Base => "base",
            Shape::Large => "large",
        }
    }

    /// The configuration of a model of this size for a tokenizer of so many ids: gated GELU, a head of its own.
    pub fn config(self, tokens: usize) -> Config {
        let [d_model, d_ff, d_kv, num_heads, num_layers] = match self {
            Shape::Nano => [64, 128, 16, 4, 2],
            Shape::Tiny => [128, 256, 32, 4, 4],
            Shape::Small => [512, 1024, 64, 6, 8],
            Shape::Base => [768, 2048, 64, 12, 12],
            Shape::Large => [1024, 2816, 64, 16, 24],
        };
        Config {
            vocab_size: tokens.next_multiple_of(VOCABULARY_UNIT),
            d_model,
            d_ff,
            d_kv,
            num_heads,
            num_layers,
            num_decoder_layers: Some(num_layers),
            feed_forward_proj: FeedForward::GatedGelu,
            tie_word_embeddings: false,
            ..Config::default()
        }
    }
}

/// A name that stands for no size.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such shape; choose `nano`, `tiny`, `small`, `base` or `large`: `{0}`")]
pub struct UnknownShape(String);

impl FromStr for Shape {
    type Err = UnknownShape;

    fn from_str(name: &str) -> Result<Self, UnknownShape> {
        Shape::ALL.into_iter().find(|shape| shape.name() == name).ok_or_else(|| UnknownShape(name.into()))
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::t5::Layout;

    fn millions(shape: Shape) -> f64 {
        Layout::new(&shape.config(32_100)).element_count() as f64 / 1e6
    }

    #[test]
    fn sizes_are_those_of_the_papers_models() {
        // google/t5-v1_1-small has 76,961,152 parameters; -base 247,577,856; -large 783,150,080.
        assert_eq!(Layout::new(&Shape::Small.config(32_100)).element_count(), 76_961_152);
        assert_eq!((millions(Shape::Base) * 1e6) as usize, 247_577_856);
        assert_eq!((millions(Shape::Large) * 1e6) as usize, 783_150_080);
    }

    #[test]
    fn names_read_back_and_others_are_refused() {
        for shape in Shape::ALL {
            assert_eq!(shape.to_string().parse(), Ok(shape));
            shape.config(2000).check().unwrap();
        }
        assert!("xl".parse::<Shape>().unwrap_err().to_string().ends_with("`xl`"));
    }

    #[test]
    fn the_bundled_model_is_nano() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../resources/models/nano/config.json");
        let bundled: Config = serde_json::from_str(&fs_err::read_to_string(path).unwrap()).unwrap();
        let nano = Shape::Nano.config(bundled.vocab_size);
        assert_eq!(bundled, Config { dropout_rate: bundled.dropout_rate, ..nano });
    }
}
