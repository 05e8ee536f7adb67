//! Reports: finished runs side by side, as one set of numbers that every writer shows.
//!
//! [`read_records`] → [`Comparison`] → [`text`], [`markdown`], [`csv`], [`json`]. Numbers are rounded once, on their way
//! into the comparison, so that no two writers can disagree.

mod agreement;
mod cell;
mod column;
mod compare;
mod comparison;
pub mod csv;
mod difference;
pub(crate) mod english;
pub mod figure;
mod folder;
pub mod html;
mod inference;
pub mod json;
pub mod latex;
pub mod markdown;
pub mod methods;
mod question;
mod record;
mod rounding;
mod row;
pub mod sheet;
pub mod sizing;
mod table;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod text;

pub use agreement::{Agreement, AgreementError, AgreementRow, agreement};
pub use cell::{Cell, GuessBounds};
pub use column::{Aggregate, Column};
pub use compare::{QuestionError, Variation, compare, usual, variations};
pub use comparison::{Comparison, Failure};
pub use difference::{Difference, PValue};
pub use folder::{INDEX, Report, ReportError};
pub use question::{IntervalMethod, Question, Test};
pub use record::{Record, read_records};
pub use rounding::{DECIMALS, rounded};
pub use row::Row;
