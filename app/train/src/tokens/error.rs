//! What can be wrong with a tokenizer.

use std::io;
use std::path::PathBuf;

/// Why a tokenizer cannot be read, used or trained.
#[derive(Debug, thiserror::Error)]
pub enum TokensError {
    /// The system refuses a file; its message names the file.
    #[error(transparent)]
    File(#[from] io::Error),
    /// A folder without a tokenizer.
    #[error(
        "neither `tokenizer.json` nor `spiece.model`; copy the one that the model was trained with there: `{}`",
        .0.display()
    )]
    Missing(PathBuf),
    /// A file that is no tokenizer.
    #[error("{reason}: `{}`", path.display())]
    Malformed {
        /// What is wrong.
        reason: String,
        /// The file.
        path: PathBuf,
    },
    /// A tokenizer that T5 cannot use.
    #[error("no token `{token}`, which T5 needs: `{}`", path.display())]
    NoSpecial {
        /// The token.
        token: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// A tokenizer with more ids than the model has embeddings.
    #[error(
        "the tokenizer does not fit the model: it has ids up to {largest}, the model has {vocab_size} embeddings; \
         take the tokenizer that the model was made with: `{}` and `{}`", tokenizer.display(), model.display()
    )]
    TooLarge {
        /// The tokenizer's largest id.
        largest: u32,
        /// `vocab_size` of the model.
        vocab_size: usize,
        /// The tokenizer's file.
        tokenizer: PathBuf,
        /// The model's folder.
        model: PathBuf,
    },
    /// A tokenizer whose special token has another id than the model thinks.
    #[error(
        "the tokenizer does not fit the model: `{token}` is {found} and the model's `{field}` is {wanted}; take the \
         tokenizer that the model was made with: `{}` and `{}`", tokenizer.display(), model.display()
    )]
    OtherSpecial {
        /// The token.
        token: &'static str,
        /// Its id.
        found: u32,
        /// The configuration's field.
        field: &'static str,
        /// What the configuration says.
        wanted: u32,
        /// The tokenizer's file.
        tokenizer: PathBuf,
        /// The model's folder.
        model: PathBuf,
    },
    /// A vocabulary without room for the characters of the texts.
    #[error("{wanted} tokens are too few: {least} are needed for the characters, 3 special and 100 sentinel tokens")]
    TooSmall {
        /// The size asked for.
        wanted: usize,
        /// The least that serves.
        least: usize,
    },
    /// Nothing to train on.
    #[error("the texts contain no words; a tokenizer is trained on the tasks' definitions, inputs and outputs")]
    NoText,
    /// The tokenizers crate failed.
    #[error("{0}")]
    Crate(String),
}

impl From<tokenizers::Error> for TokensError {
    fn from(error: tokenizers::Error) -> Self {
        Self::Crate(error.to_string())
    }
}
