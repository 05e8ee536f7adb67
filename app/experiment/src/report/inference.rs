//! What the intervals and tests of a question are called, in captions and in the methods paragraph.

use std::collections::BTreeSet;

use super::english::{count, list, thousands};
use super::{Comparison, Difference, IntervalMethod, PValue, Question, Test};
use crate::statistics::Correction;

/// The intervals and the tests of a comparison, a sentence each.
pub(super) fn sentences(comparison: &Comparison) -> Vec<String> {
    let Some(question) = &comparison.question else { return Vec::new() };
    let cells = || comparison.rows.iter().flat_map(|row| &row.cells).flatten();
    let has_intervals = cells().any(|cell| cell.interval.is_some());
    let intervals = has_intervals.then(|| format!("Intervals are {}.", intervals(question)));
    let tested = tested(comparison);
    let baseline = question.baseline.as_ref().filter(|_| !tested.is_empty());
    let tests = baseline.zip(question.test).map(|(baseline, test)| {
        let what = match (test, question.margin) {
            (Test::Tost, Some(margin)) => format!("Equivalence to “{baseline}” within {margin} points"),
            (Test::Tost, None) => format!("Equivalence to “{baseline}”"),
            _ => format!("The difference to “{baseline}”"),
        };
        let level = trimmed(1.0 - question.level);
        format!("{what} is tested at the level {level} by the {}.", procedure(question, test, &tested))
    });
    intervals.into_iter().chain(tests).collect()
}

/// Every test that was made.
pub(super) fn tested(comparison: &Comparison) -> Vec<&PValue> {
    let cells = comparison.rows.iter().flat_map(|row| &row.cells).flatten();
    cells
        .filter_map(|cell| cell.difference.as_ref())
        .filter_map(|difference: &Difference| difference.p.as_ref())
        .collect()
}

/// `two-sided Wilcoxon signed-rank test over 57 tasks, Holm-corrected for 6 tests`.
pub(super) fn procedure(question: &Question, test: Test, tested: &[&PValue]) -> String {
    let over: BTreeSet<_> = tested.iter().map(|p| p.over.as_str()).collect();
    let over: Vec<_> = over.into_iter().filter(|over| !over.is_empty()).collect();
    let over = if over.is_empty() { String::new() } else { format!(" over {}", list(&over)) };
    format!("{}{over}, {}", title(test), family(question.correction, tested.len()))
}

/// `95% bootstrap intervals (percentile, 10,000 resamples of seeds × tasks)`.
pub(super) fn intervals(question: &Question) -> String {
    let method = match question.interval {
        Some(IntervalMethod::Bca) => "BCa",
        Some(IntervalMethod::T) => return t_intervals(question),
        _ => "percentile",
    };
    let resamples = thousands(question.resampling.resamples);
    let level = trimmed(question.level * 100.0);
    format!("{level}% bootstrap intervals ({method}, {resamples} resamples of {})", question.unit)
}

/// `95% t intervals over seeds × tasks, two-way`.
fn t_intervals(question: &Question) -> String {
    let level = trimmed(question.level * 100.0);
    let analysis = if question.unit.level().is_none() { ", two-way" } else { "" };
    format!("{level}% t intervals over {}{analysis}", question.unit)
}

fn title(test: Test) -> &'static str {
    match test {
        Test::Mcnemar => "exact McNemar test",
        Test::SignFlip => "two-sided sign-flip permutation test",
        Test::Wilcoxon => "two-sided Wilcoxon signed-rank test",
        Test::ApproximateRandomisation => "two-sided approximate randomisation test",
        Test::PairedBootstrap => "paired bootstrap test",
        Test::Tost => "two one-sided paired t-tests",
        Test::T => "two-sided paired t-test",
    }
}

fn family(correction: Correction, tests: usize) -> String {
    let tests = count(tests, "test", "tests");
    match correction {
        Correction::None => format!("{tests}, not corrected"),
        Correction::Holm => format!("Holm-corrected for {tests}"),
        Correction::BenjaminiHochberg => format!("Benjamini–Hochberg-corrected for {tests}"),
    }
}

/// A number without the noise of binary fractions.
pub(super) fn trimmed(number: f64) -> String {
    let rounded = (number * 1e6).round() / 1e6;
    rounded.to_string()
}
