//! Refusals: what the data could not carry, a sentence per reason however many cells it concerns.

use crate::report::{Column, Row};

/// Cells named before the rest is counted.
const NAMED: usize = 3;

/// What was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Statistics,
    Interval,
    Difference,
    DifferenceInterval,
    Test,
}

/// One refusal.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refused {
    pub(super) what: What,
    pub(super) reason: String,
}

/// All refusals of an answer, in the order in which their reasons came up.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    by_reason: Vec<(Refused, Vec<String>)>,
}

impl Refusals {
    /// Notes the refusals of a cell.
    pub(super) fn add(&mut self, row: &Row, column: &Column, refused: Vec<Refused>) {
        let size = row.train_instances_per_task.map(|size| format!(" ({size} per task)")).unwrap_or_default();
        let place = format!("{}{size}, {}", row.condition, column.title());
        for refused in refused {
            match self.by_reason.iter_mut().find(|(known, _)| *known == refused) {
                Some((_, places)) => places.push(place.clone()),
                None => self.by_reason.push((refused, vec![place.clone()])),
            }
        }
    }

    /// A sentence per reason, without its full stop.
    pub(super) fn sentences(&self) -> Vec<String> {
        let sentence = |(refused, places): &(Refused, Vec<String>)| {
            format!("{} for {}: {}", refused.what.missing(), named(places), refused.reason)
        };
        self.by_reason.iter().map(sentence).collect()
    }
}

impl What {
    fn missing(self) -> &'static str {
        match self {
            What::Statistics => "no statistics",
            What::Interval => "no interval",
            What::Difference => "no difference",
            What::DifferenceInterval => "no interval of the difference",
            What::Test => "no test",
        }
    }
}

fn named(places: &[String]) -> String {
    let (first, others) = places.split_at(places.len().min(NAMED));
    let first = first.join("; ");
    if others.is_empty() { first } else { format!("{first}; and {} more", others.len()) }
}
