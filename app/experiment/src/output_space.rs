//! The output space of a task: its kind, its labels, and how often each is the answer.
//!
//! A task is a classification when its definition mentions every answer: every distinct output, with outer blanks and
//! full stops stripped, occurs in the first definition as a case-insensitive substring, and there are at most
//! [`MOST_LABELS`] of them. On the 119 English test tasks of Super-NaturalInstructions this finds exactly the 57 that
//! Kung & Peng (ACL 2023) sorted by hand as "exact mentioned". A plan may overrule it task by task.

use std::collections::{BTreeMap, BTreeSet};

use placebo_plugin_api::TaskKind;
use serde::Serialize;

use crate::plan::TaskOverride;

/// A task with more distinct outputs than this is a generation task, whatever its definition says.
pub const MOST_LABELS: usize = 50;

/// What kind of answers a task admits, and which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutputSpace {
    /// Whether the answer is one of `labels` or free text.
    pub kind: TaskKind,
    /// The labels in alphabetical order, or in the plan's order where the plan names them; none for generation.
    pub labels: Vec<Label>,
}

/// One answer of a classification task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The label as most instances write it, without outer blanks.
    pub text: String,
    /// The number of instances it answers, over the whole file.
    pub count: usize,
}

impl OutputSpace {
    /// The labels' texts, in order.
    pub fn texts(&self) -> Vec<String> {
        self.labels.iter().map(|label| label.text.clone()).collect()
    }

    /// The same labels under the names of `texts`, which has as many; those that share a name are one.
    pub fn renamed(&self, texts: &[String]) -> OutputSpace {
        let mut labels: Vec<Label> = Vec::new();
        for (label, text) in self.labels.iter().zip(texts) {
            match labels.iter_mut().find(|known| known.text == *text) {
                Some(known) => known.count += label.count,
                None => labels.push(Label { text: text.clone(), count: label.count }),
            }
        }
        OutputSpace { kind: self.kind, labels }
    }

    /// The label that answers most instances, the first of several; `None` for a generation task.
    pub fn majority(&self) -> Option<&Label> {
        self.labels.iter().rev().max_by_key(|label| label.count)
    }
}

/// Counts the outputs of one task while its instances go by.
#[derive(Debug, Default)]
pub(crate) struct OutputCounts {
    /// Stripped output → the ways it is written → instances.
    outputs: BTreeMap<String, BTreeMap<String, usize>>,
    limit: Option<usize>,
    overflowed: bool,
    blank: usize,
}

impl OutputCounts {
    /// Counts that are given up beyond [`MOST_LABELS`] distinct outputs, unless the plan calls the task a
    /// classification.
    pub(crate) fn new(wanted: Option<&TaskOverride>) -> Self {
        let called_classification = wanted.is_some_and(|wanted| kind_of(wanted) == Some(TaskKind::Classification));
        let limit = (!called_classification).then_some(MOST_LABELS);
        OutputCounts { limit, ..Self::default() }
    }

    /// Counts the outputs of one instance, each at most once.
    pub(crate) fn add<'t>(&mut self, outputs: impl Iterator<Item = &'t str>) {
        let mut distinct = BTreeMap::new();
        for output in outputs {
            distinct.entry(stripped(output)).or_insert(output.trim());
        }
        for (key, written) in distinct {
            self.count(key, written);
        }
    }

    fn count(&mut self, key: &str, written: &str) {
        if self.overflowed {
            return;
        }
        if key.is_empty() {
            self.blank += 1;
        } else if let Some(forms) = self.outputs.get_mut(key) {
            match forms.get_mut(written) {
                Some(count) => *count += 1,
                None => drop(forms.insert(written.to_owned(), 1)),
            }
        } else {
            self.outputs.insert(key.to_owned(), BTreeMap::from([(written.to_owned(), 1)]));
            self.give_up_beyond_the_limit();
        }
    }

    fn give_up_beyond_the_limit(&mut self) {
        if self.limit.is_some_and(|limit| self.outputs.len() > limit) {
            self.overflowed = true;
            self.outputs.clear();
        }
    }

    /// The output space by the rule or by the plan, with what is odd about it.
    pub(crate) fn output_space(&self, definition: &str, wanted: Option<&TaskOverride>) -> (OutputSpace, Vec<String>) {
        if let Some(labels) = wanted.and_then(|wanted| wanted.labels.as_ref()) {
            return self.named(labels, wanted.and_then(kind_of));
        }
        let mentioned = || self.mentioned_in(definition).then_some(TaskKind::Classification);
        let kind = wanted.and_then(kind_of).or_else(mentioned).unwrap_or(TaskKind::Generation);
        let space = self.space(kind, self.labels());
        let blank = kind == TaskKind::Classification && self.blank > 0;
        let warnings = blank.then(|| format!("instances with a blank output, which is no label: {}", self.blank));
        (space, warnings.into_iter().collect())
    }

    fn mentioned_in(&self, definition: &str) -> bool {
        let definition = definition.to_lowercase();
        !self.outputs.is_empty() && self.outputs.keys().all(|output| definition.contains(&output.to_lowercase()))
    }

    fn space(&self, kind: TaskKind, labels: Vec<Label>) -> OutputSpace {
        match kind {
            TaskKind::Classification => OutputSpace { kind, labels },
            TaskKind::Generation => OutputSpace { kind, labels: Vec::new() },
        }
    }

    fn labels(&self) -> Vec<Label> {
        self.outputs.values().map(label).collect()
    }

    /// The output space whose labels the plan names.
    fn named(&self, names: &[String], kind: Option<TaskKind>) -> (OutputSpace, Vec<String>) {
        let count = |name: &String| self.outputs.get(stripped(name)).map_or(0, |forms| forms.values().sum());
        let labels = names.iter().map(|name| Label { text: name.clone(), count: count(name) }).collect();
        let known: BTreeSet<&str> = names.iter().map(|name| stripped(name)).collect();
        let others = self.outputs.keys().filter(|output| !known.contains(output.as_str())).count();
        let warning = || format!("distinct outputs that are none of the labels the plan gives: {others}");
        (self.space(kind.unwrap_or(TaskKind::Classification), labels), (others > 0).then(warning).into_iter().collect())
    }
}

/// The kind a plan gives a task, which naming its labels does as well.
fn kind_of(wanted: &TaskOverride) -> Option<TaskKind> {
    wanted.kind.or(wanted.labels.as_ref().map(|_| TaskKind::Classification))
}

/// The output without outer blanks and full stops; what is nothing but full stops is an answer and stays one.
fn stripped(output: &str) -> &str {
    let output = output.trim();
    let bare = output.trim_matches(|character: char| character.is_whitespace() || character == '.');
    if bare.is_empty() { output } else { bare }
}

/// A label under the most frequent of the ways it is written, the first of several.
fn label(forms: &BTreeMap<String, usize>) -> Label {
    let most = forms.values().max().copied().unwrap_or(0);
    let text = forms.iter().find(|(_, count)| **count == most).map(|(text, _)| text.clone()).unwrap_or_default();
    Label { text, count: forms.values().sum() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(outputs: &[&str]) -> OutputCounts {
        let mut counts = OutputCounts::new(None);
        for output in outputs {
            counts.add(std::iter::once(*output));
        }
        counts
    }

    fn space(definition: &str, outputs: &[&str]) -> OutputSpace {
        counts(outputs).output_space(definition, None).0
    }

    fn wanted(kind: Option<TaskKind>, labels: Option<&[&str]>) -> TaskOverride {
        let labels = labels.map(|labels| labels.iter().map(|label| label.to_string()).collect());
        TaskOverride { name: "t".into(), kind, labels }
    }

    fn label(text: &str, count: usize) -> Label {
        Label { text: text.into(), count }
    }

    #[test]
    fn a_task_whose_definition_mentions_every_output_is_a_classification() {
        let space = space("Answer Supports or refutes.", &["support", "refutes.", " refutes", "refutes"]);
        assert_eq!(space.kind, TaskKind::Classification);
        assert_eq!(space.labels, [label("refutes", 3), label("support", 1)]);
        assert_eq!(space.majority(), Some(&label("refutes", 3)));
    }

    #[test]
    fn one_output_that_is_not_mentioned_makes_it_generation() {
        let space = space("Answer yes or no.", &["yes", "no", "maybe"]);
        assert_eq!(space, OutputSpace { kind: TaskKind::Generation, labels: vec![] });
        assert_eq!(space.majority(), None);
    }

    #[test]
    fn more_than_fifty_labels_make_it_generation_even_where_all_are_mentioned() {
        let numbers: Vec<String> = (100..151).map(|number| number.to_string()).collect();
        let outputs: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let definition = numbers.join(" ");
        assert_eq!(space(&definition, &outputs[..50]).kind, TaskKind::Classification);
        assert_eq!(space(&definition, &outputs).kind, TaskKind::Generation);
    }

    #[test]
    fn labels_that_differ_in_case_are_different_labels() {
        assert_eq!(space("Say true or false.", &["True", "true", "false"]).labels.len(), 3);
    }

    #[test]
    fn a_label_is_written_as_most_instances_write_it() {
        assert_eq!(space("Yes or No.", &["Yes.", "Yes.", "Yes", "No."]).texts(), ["No.", "Yes."]);
    }

    #[test]
    fn an_instance_counts_a_label_once_however_often_it_refers_to_it() {
        let mut counts = OutputCounts::new(None);
        counts.add(["yes", "yes.", "no"].into_iter());
        assert_eq!(counts.output_space("yes no", None).0.labels, [label("no", 1), label("yes", 1)]);
    }

    #[test]
    fn a_blank_output_is_counted_and_is_no_label() {
        let (space, warnings) = counts(&["yes", "", " "]).output_space("yes", None);
        assert_eq!(space.labels, [label("yes", 1)]);
        assert_eq!(warnings, ["instances with a blank output, which is no label: 2"]);
        assert_eq!(counts(&["", ""]).output_space("yes", None).0.kind, TaskKind::Generation);
    }

    #[test]
    fn labels_that_get_one_name_are_counted_as_one() {
        let space = space("True or false.", &["true", "True", "false", "false", "true."]);
        let renamed = space.renamed(&["A", "B", "B"].map(str::to_owned));
        assert_eq!(renamed.labels, [label("A", 1), label("B", 4)]);
        assert_eq!(renamed.majority(), Some(&label("B", 4)));
        assert_eq!(space.renamed(&space.texts()), space);
    }

    #[test]
    fn a_full_stop_alone_is_an_answer() {
        assert_eq!(space("The tag: NN, or . for the end", &[".", " NN."]).texts(), [".", "NN."]);
    }

    #[test]
    fn the_plan_overrules_the_kind() {
        let generation = wanted(Some(TaskKind::Generation), None);
        let space = counts(&["yes", "no"]).output_space("yes or no", Some(&generation)).0;
        assert_eq!(space, OutputSpace { kind: TaskKind::Generation, labels: vec![] });
    }

    #[test]
    fn the_plan_can_call_a_task_with_many_outputs_a_classification() {
        let classification = wanted(Some(TaskKind::Classification), None);
        let mut counts = OutputCounts::new(Some(&classification));
        for number in 0..60 {
            counts.add(std::iter::once(number.to_string().as_str()));
        }
        assert_eq!(counts.output_space("", Some(&classification)).0.labels.len(), 60);
    }

    #[test]
    fn the_plan_can_name_the_labels_and_is_told_what_they_miss() {
        let named = wanted(None, Some(&["b", "a"]));
        let (space, warnings) = counts(&["a", "a.", "c"]).output_space("", Some(&named));
        assert_eq!(space.kind, TaskKind::Classification);
        assert_eq!(space.labels, [label("b", 0), label("a", 2)]);
        assert_eq!(warnings, ["distinct outputs that are none of the labels the plan gives: 1"]);
    }
}
