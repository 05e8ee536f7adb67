//! `labels.shuffled-list`: the labels listed in another order.

use placebo_plugin_api::text::words;
use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Rng, Settings, Transform, TransformItem, Transformed, WorkedExample,
};

use crate::naming::{Naming, namings, renamed, written_as};
use crate::task;

/// Lists the labels in another order.
pub struct ShuffledList;

const DOCUMENTATION: &str = "\
Puts the labels that the definition lists into another order, drawn at random and never the old one. A list is two or more different \
labels with nothing between two of them but commas, quotes, brackets, slashes, \"or\", \"and\", \"either\", a number or a single letter. \
What is said about each label elsewhere stays: the meaning of the definition does not change, unless it goes by the order of its list \
(\"… respectively\").

A definition without such a list stays, and a note says so.";

impl Transform for ShuffledList {
    fn descriptor(&self) -> Descriptor {
        let before = task("Answer 'positive' or 'negative'; positive means pleased.", "positive");
        let after = task("Answer 'negative' or 'positive'; positive means pleased.", "positive");
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Zhao et al., Calibrate Before Use, ICML 2021, and Zheng et al., Large Language Models Are Not Robust Multiple \
                        Choice Selectors, ICLR 2024: the order of answers"
                .to_string(),
            examples: vec![WorkedExample::transform(
                "The list, not what is said of a label",
                TransformItem::new(before),
                Transformed::new(after),
            )],
            ..Descriptor::random_transform("labels.shuffled-list", "The labels listed in another order", &[Part::Definition])
        }
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        let task = item.instruction;
        let labels = task.label_texts();
        let namings = namings(&task.definition, &labels);
        let mut order: Vec<usize> = namings.iter().map(|naming| naming.label).collect();
        let mut rng = Rng::from_seed(item.seed);
        let mut found = false;
        for list in lists(&task.definition, &namings) {
            found = true;
            reorder(&mut order[list], &mut rng);
        }
        if !found {
            let notes = vec!["no list of labels in the definition: left as it was".to_string()];
            return Ok(Transformed { instruction: task, notes });
        }
        let definition = renamed(&task.definition, &namings, |number, naming, old| {
            let (own, new) = (naming.label, order[number]);
            if new == own { old.to_string() } else { written_as(old, labels[own], labels[new]) }
        });
        Ok(Transformed::new(Instruction { definition, ..task }))
    }
}

/// The lists of labels in a text, as ranges of its namings.
fn lists(text: &str, namings: &[Naming]) -> Vec<std::ops::Range<usize>> {
    let mut lists = Vec::new();
    let mut start = 0;
    for end in 1..=namings.len() {
        let goes_on = end < namings.len()
            && parts_a_list(&text[namings[end - 1].range.end..namings[end].range.start])
            && namings[start..end].iter().all(|earlier| earlier.label != namings[end].label);
        if !goes_on {
            lists.extend((end - start > 1).then_some(start..end));
            start = end;
        }
    }
    lists
}

/// Whether this may stand between two items of a list.
fn parts_a_list(between: &str) -> bool {
    let is_small = |word: &&str| {
        ["or", "and", "either"].contains(word) || word.chars().count() == 1 || word.parse::<u32>().is_ok()
    };
    let ends = between.contains(['.', ';', '?', '!']);
    !ends && !between.is_empty() && words(between).iter().all(is_small)
}

fn reorder(list: &mut [usize], rng: &mut Rng) {
    let before = list.to_vec();
    rng.shuffle(list);
    if list == before {
        list.rotate_left(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed<'t>(text: &'t str, labels: &[&str]) -> Vec<&'t str> {
        let namings = namings(text, labels);
        let whole =
            |list: std::ops::Range<usize>| &text[namings[list.start].range.start..namings[list.end - 1].range.end];
        lists(text, &namings).into_iter().map(whole).collect()
    }

    #[test]
    fn lists_are_told_from_sentences() {
        let labels = ["yes", "no", "maybe"];
        assert_eq!(listed("Say yes, \"no\" (or) maybe. No means so, yes not.", &labels), ["yes, \"no\" (or) maybe"]);
        assert_eq!(listed("Say 1) yes 2) no. Yes/no?", &labels), ["yes 2) no", "Yes/no"]);
        assert_eq!(listed("yes is the opposite of no", &labels), [""; 0]);
        assert_eq!(listed("yes or yes", &labels), [""; 0]);
    }

    #[test]
    fn the_order_is_never_the_old_one() {
        for seed in 0..50 {
            let mut list = [0, 1, 2];
            reorder(&mut list, &mut Rng::from_seed(seed));
            assert_ne!(list, [0, 1, 2]);
        }
    }
}
