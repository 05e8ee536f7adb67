//! Text as a transform treats it: cut into words and sentences, with what must stay as it is marked.
//!
//! ```
//! use placebo_plugin_api::text::{PieceKind, pieces, protected, sentences};
//! let definition = "Judge the claim. Answer not sure, or yes.";
//! assert_eq!(sentences(definition), ["Judge the claim. ", "Answer not sure, or yes."]);
//!
//! let labels = ["yes".to_string(), "not sure".to_string()];
//! let pieces = pieces(definition, &protected(definition, &labels));
//! let words = |kind| pieces.iter().filter(|piece| piece.kind == kind).map(|piece| piece.text).collect::<Vec<_>>();
//! assert_eq!(words(PieceKind::Word), ["Judge", "the", "claim", "Answer", "or"]);
//! assert_eq!(words(PieceKind::Protected), ["not sure", "yes"]);
//! ```

mod labels;
mod pieces;
mod protected;
mod sentences;

pub use labels::{label_spans, label_text};
pub use pieces::{Piece, PieceKind, pieces, sentence_numbers, words};
pub use protected::protected;
pub use sentences::sentences;
