//! Text to token ids and back, as T5's tokenizers do it.

mod error;
mod pipeline;
mod sentencepiece;
mod tokenizer;
mod train;
mod unigram;
mod words;

pub use error::TokensError;
pub use tokenizer::Tokenizer;
pub use train::{Stage, Text, train_unigram};
