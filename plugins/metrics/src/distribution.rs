//! How the answers to a task are spread over its labels, and how the right ones are.

use std::collections::BTreeMap;

use placebo_plugin_api::{PluginError, ScoreItem, Settings};

use crate::exact_match::normalised;
use crate::filters::filtered;

/// What every metric of a distribution says of how answers become labels.
pub const DOCUMENTATION: &str = "\
An answer counts for the label that it equals as the official exact match compares: case, punctuation and spacing aside. All answers that \
are no label count as one more outcome, \"no label\". It is computed from all answers to a task at once, and is the score of each of them, \
so a mean over tasks is a mean of the tasks' values.";

/// Outcome → its share; the shares add up to 1.
#[derive(Debug, PartialEq)]
pub struct Distribution(BTreeMap<String, f64>);

impl Distribution {
    /// Of the predictions, filtered as the settings say.
    pub fn of_predictions(items: &[ScoreItem], settings: &Settings) -> Result<Distribution, PluginError> {
        let outcome = |item: &ScoreItem| {
            let item = filtered(item, settings)?;
            Ok((outcome(&item.labels, &item.prediction), 1))
        };
        Ok(Distribution::of(items.iter().map(outcome).collect::<Result<_, PluginError>>()?))
    }

    /// Of the references. Where one of several is the answer, it has the instance's weight; elsewhere they share it.
    pub fn of_references(items: &[ScoreItem], settings: &Settings) -> Result<Distribution, PluginError> {
        let of_item = |item: &ScoreItem| -> Result<Vec<(String, usize)>, PluginError> {
            let item = filtered(item, settings)?;
            let answer = outcome(&item.labels, &item.prediction);
            let mut right: Vec<String> = item.references.iter().map(|text| outcome(&item.labels, text)).collect();
            if right.contains(&answer) {
                right = vec![answer];
            }
            let among = right.len();
            Ok(right.into_iter().map(|outcome| (outcome, among)).collect())
        };
        let outcomes = items.iter().map(of_item).collect::<Result<Vec<_>, _>>()?;
        Ok(Distribution::of(outcomes.into_iter().flatten().collect()))
    }

    /// Of outcomes, each with the number of those among which a weight of 1 is shared. Weights are added up in the order
    /// of their size, so that the sum does not depend on the order of the answers.
    fn of(outcomes: Vec<(String, usize)>) -> Distribution {
        let mut shares: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        outcomes.into_iter().for_each(|(outcome, among)| shares.entry(outcome).or_default().push(among));
        let weight = |mut among: Vec<usize>| {
            among.sort_unstable();
            among.iter().map(|among| 1.0 / *among as f64).sum::<f64>()
        };
        let weights: BTreeMap<_, _> = shares.into_iter().map(|(outcome, among)| (outcome, weight(among))).collect();
        let total: f64 = weights.values().sum();
        Distribution(weights.into_iter().map(|(outcome, weight)| (outcome, weight / total)).collect())
    }

    /// In bits: 0 where all answers are the same, the logarithm of their number where all are as frequent.
    pub fn entropy(&self) -> f64 {
        let terms = self.0.values().map(|share| -share * share.log2());
        terms.sum::<f64>().max(0.0)
    }

    /// The Jensen–Shannon divergence in bits: 0 where both are the same, 1 where they have nothing in common.
    pub fn divergence(&self, other: &Distribution) -> f64 {
        let share = |of: &Distribution, outcome: &String| of.0.get(outcome).copied().unwrap_or(0.0);
        let mut outcomes: Vec<&String> = self.0.keys().chain(other.0.keys()).collect();
        outcomes.sort();
        outcomes.dedup();
        let term = |own: f64, middle: f64| if own > 0.0 { own * (own / middle).log2() } else { 0.0 };
        let terms = outcomes.into_iter().map(|outcome| {
            let (one, two) = (share(self, outcome), share(other, outcome));
            let middle = (one + two) / 2.0;
            (term(one, middle) + term(two, middle)) / 2.0
        });
        terms.sum::<f64>().clamp(0.0, 1.0)
    }
}

/// The label that an answer is, in the form in which labels are compared; empty for none.
fn outcome(labels: &[String], answer: &str) -> String {
    let form = |text: &str| {
        let bare = normalised(text);
        if bare.is_empty() { text.trim().to_string() } else { bare }
    };
    let answer = form(answer);
    if labels.iter().any(|label| form(label) == answer) { answer } else { String::new() }
}

/// Answers to a task with the labels a and b, for worked examples and tests.
pub fn answers(pairs: &[(&str, &str)]) -> Vec<ScoreItem> {
    let item = |(prediction, reference): &(&str, &str)| ScoreItem {
        kind: placebo_plugin_api::TaskKind::Classification,
        labels: vec!["a".to_string(), "b".to_string()],
        prediction: prediction.to_string(),
        references: vec![reference.to_string()],
        ..ScoreItem::default()
    };
    pairs.iter().map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn predicted(predictions: &[&str]) -> Distribution {
        let pairs: Vec<_> = predictions.iter().map(|prediction| (*prediction, "a")).collect();
        Distribution::of_predictions(&answers(&pairs), &unfiltered()).unwrap()
    }

    fn unfiltered() -> Settings {
        let filters = crate::filters::settings().into_iter().map(|setting| (setting.name, setting.default.unwrap()));
        Settings(filters.collect())
    }

    /// By hand: H(¼, ¾) = 2 − ¾·log₂ 3.
    #[test]
    fn entropy_is_that_of_the_textbook() {
        assert!((predicted(&["a", "b", "A.", " b"]).entropy() - 1.0).abs() < 1e-12);
        assert!((predicted(&["a", "b", "b", "b"]).entropy() - (2.0 - 0.75 * 3.0_f64.log2())).abs() < 1e-12);
        assert!((predicted(&["a", "b", "x", "y", ""]).entropy() - 1.370_950_594_454_668_6).abs() < 1e-12);
        assert_eq!(predicted(&["a", "a"]).entropy(), 0.0);
    }

    /// From scipy.spatial.distance.jensenshannon(p, q, base=2) ** 2.
    #[test]
    fn divergence_is_that_of_scipy() {
        let (even, all) = (predicted(&["a", "b"]), predicted(&["a"]));
        assert!((even.divergence(&all) - 0.311_278_124_459_132_84).abs() < 1e-12);
        assert_eq!((even.divergence(&even), predicted(&["b"]).divergence(&all)), (0.0, 1.0));
    }

    #[test]
    fn references_share_the_weight_of_an_instance_unless_one_is_the_answer() {
        let of = |prediction: &str| {
            let mut items = answers(&[(prediction, "a"), ("a", "b")]);
            items[0].references.push("b".to_string());
            Distribution::of_references(&items, &unfiltered()).unwrap()
        };
        let shares = |a: f64, b: f64| Distribution(BTreeMap::from([("a".to_string(), a), ("b".to_string(), b)]));
        assert_eq!(of("x"), shares(0.25, 0.75));
        assert_eq!(of("A."), shares(0.5, 0.5));
    }
}
