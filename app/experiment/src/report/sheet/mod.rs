//! The sheet: a comparison laid out for print, from which LaTeX, Markdown and HTML are written.
//!
//! What is the same in all rows moves from the columns into the caption; conditions of one size stand together; the best
//! are bold, what differs from the baseline is marked, and the caption says what each of these means.

mod caption;
mod cells;
mod emphasis;
mod layout;
pub mod markdown;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;

use placebo_plugin_api::Direction;

use super::Comparison;
use crate::plugin::Registry;
use layout::Layout;

/// How a sheet shows its numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Style {
    /// What stands behind a mean.
    pub spread: Spread,
    /// Metric → whether more of it is better; of a metric that is not named here no score is called best.
    pub directions: BTreeMap<String, Direction>,
}

/// What stands behind a mean to say how far it may be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spread {
    /// ± the sample standard deviation over seeds.
    #[default]
    Deviation,
    /// The interval that the question asked for.
    Interval,
    /// Nothing.
    None,
}

/// A comparison laid out for print.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Headings of the columns that name a row.
    pub(super) names: Vec<&'static str>,
    /// Headings of the columns of numbers.
    pub(super) headings: Vec<Heading>,
    /// Rows that belong together.
    pub(super) blocks: Vec<Vec<Line>>,
    /// What a reader must know, sentence by sentence.
    pub(super) caption: Vec<String>,
    /// What to refer to it by.
    pub(super) label: String,
}

/// The heading of a column of numbers, over two lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// The tasks.
    pub(super) tasks: String,
    /// The metric.
    pub(super) metric: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Under [`Sheet::names`].
    pub(super) names: Vec<String>,
    /// Under [`Sheet::headings`]; `None` where there is no such number.
    pub(super) cells: Vec<Option<Printed>>,
}

/// A number as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Printed {
    /// The mean.
    pub(super) mean: String,
    /// What stands behind it.
    pub(super) spread: Option<PrintedSpread>,
    /// Whether no other of its block is better.
    pub(super) is_best: bool,
    /// Whether the test says that it differs from the baseline, or is equivalent to it.
    pub(super) mark: Option<Mark>,
}

/// How far a mean may be trusted, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PrintedSpread {
    Deviation(String),
    Interval(String, String),
}

/// What a test found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Another mean than the baseline's.
    Differs,
    /// The baseline's mean, within the margin.
    Equivalent,
}

impl Style {
    /// The style that knows the direction of every loaded metric.
    pub fn new(spread: Spread, registry: &Registry) -> Self {
        let metrics = registry.plugins().iter().filter_map(|plugin| Some((plugin.id(), plugin.scale()?)));
        Self { spread, directions: metrics.map(|(id, scale)| (id.to_owned(), scale.direction)).collect() }
    }
}

impl Sheet {
    /// Lays a comparison out.
    pub fn of(comparison: &Comparison, style: &Style) -> Self {
        let layout = Layout::of(comparison);
        Self {
            names: layout.names(),
            headings: layout.headings(),
            blocks: layout.blocks(style),
            caption: caption::sentences(&layout, style),
            label: format!("tab:{}", slug(comparison.rows.first().map_or("results", |row| &row.plan))),
        }
    }

    /// Whether a column of names holds words and not numbers.
    pub(super) fn is_words(&self, heading: &str) -> bool {
        ["Plan", "Condition"].contains(&heading)
    }
}

/// Letters, digits and hyphens alone, for labels that every program takes.
fn slug(name: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    name.chars().map(plain).collect()
}
