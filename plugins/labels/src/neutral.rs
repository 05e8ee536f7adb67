//! `labels.neutral`: symbols without a meaning in place of the labels.

use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Rng, Setting, Settings, Target, Transform, TransformItem, Transformed,
    WorkedExample,
};

use crate::renaming::{Manner, Renaming};
use crate::task;

/// Calls the labels A, B, C.
pub struct Neutral;

const DOCUMENTATION: &str = "\
Puts a symbol in place of each label of a classification task, wherever the task names one: in the definition, in outputs and \
explanations of examples, in the list of labels, in the targets that are learned, and in the references that answers are held against. \
What the labels mean has to be learned from the definition, from examples or from training; their names no longer give it away.

**Exact match stays fair**: references are put into symbols as targets are, so an answer is right if it is the right symbol, and the \
record keeps the references as they were scored. Labels that the official exact match cannot tell apart, such as `True` and `true`, \
share a symbol, so a task becomes neither easier nor harder by it. The random-guess baseline goes on counting the task's own labels. \
Constrained and ranking decoding choose among the symbols, and format correctness wants one of them.

Which symbol a label gets is drawn at random for each task: otherwise a model could learn once for all tasks that A is no. Symbols are `letters` (A, B, C, … Z, AA, …), `words` (foo, bar, baz, …) or the list `own`. A symbol that is a \
label of the task already is not used in it.

With `apply_to = [\"test\"]` a model that learned the labels is asked for symbols.

What cannot be altered: inputs stay, also where they name labels; other words of the same meaning stay in the definition (\"contradicts\" \
for the label `contradiction`); an answer that is none of the labels stays, and a note counts these. A task without labels stays, and \
a note says so.";

/// Words that mean nothing, as programmers use them.
const WORDS: [&str; 16] = [
    "foo", "bar", "baz", "qux", "quux", "corge", "grault", "garply", "waldo", "fred", "plugh", "xyzzy", "thud",
    "wibble", "wobble", "flob",
];

impl Transform for Neutral {
    fn descriptor(&self) -> Descriptor {
        let item = TransformItem { seed: 1, ..TransformItem::new(shown("positive", "negative")) };
        let own = Settings::from([("own", (&["X", "Y"][..]).into())]);
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Wei et al., Symbol Tuning Improves In-Context Learning in Language Models, EMNLP 2023; Wei et al., Larger \
                        Language Models Do In-Context Learning Differently, 2023: semantically unrelated labels"
                .to_string(),
            settings: vec![
                Setting::choice("symbols", &["letters", "words"], "what stands for the labels"),
                Setting::list("own", &[], "symbols of one's own instead"),
            ],
            examples: vec![
                WorkedExample::transform(
                    "Letters, in targets too",
                    item.clone(),
                    Transformed::new(shown("A", "B")),
                ),
                WorkedExample::transform("One's own", item, Transformed::new(shown("X", "Y"))).with(own),
            ],
            ..Descriptor::random_transform(
                "labels.neutral",
                "Symbols without a meaning in place of the labels",
                &[Part::Definition, Part::Examples, Part::OutputSpace, Part::Target],
            )
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let task = item.instruction;
        let labels = task.label_texts();
        let kinds = kinds(&labels);
        let count = kinds.iter().max().map_or(0, |last| last + 1);
        let mut symbols = symbols(settings, &labels, count)?;
        if count == 0 || symbols.len() < count {
            let reason = if count == 0 {
                "no labels".to_string()
            } else {
                format!("{} symbols for {count} labels", symbols.len())
            };
            return Ok(Transformed { instruction: task, notes: vec![format!("{reason}: left as it was")] });
        }
        Rng::from_seed(item.seed).shuffle(&mut symbols);
        let names = kinds.iter().map(|kind| symbols[*kind].clone()).collect();
        let renaming = Renaming { labels: &labels, names, manner: Manner::Plain };
        let mut instruction = task.clone();
        instruction.definition = renaming.in_text(&task.definition);
        renaming.in_examples(&mut instruction);
        let strange = renaming.in_answers(&mut instruction);
        let notes = (strange > 0).then(|| format!("{strange} answers are none of the labels, and stay"));
        Ok(Transformed { instruction, notes: notes.into_iter().collect() })
    }
}

/// A task under these names of its labels.
fn shown(first: &str, second: &str) -> Instruction {
    let definition = format!("Is the author pleased? Answer {first} if so, else {second}.");
    Instruction {
        labels: vec![first.to_string(), second.to_string()],
        targets: vec![Target::new("A bore.", second)],
        ..task(&definition, first)
    }
}

/// For each label the number of its kind: labels that the official exact match cannot tell apart are of one kind.
fn kinds(labels: &[&str]) -> Vec<usize> {
    let mut known: Vec<String> = Vec::new();
    let mut kind = |label: &&str| {
        let folded = folded(label);
        known.iter().position(|other| *other == folded).unwrap_or_else(|| {
            known.push(folded);
            known.len() - 1
        })
    };
    labels.iter().map(&mut kind).collect()
}

/// Without case, punctuation and spacing; what is nothing else, as it is.
fn folded(label: &str) -> String {
    let bare: String = label.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    if bare.is_empty() { label.to_string() } else { bare }
}

/// So many symbols that are none of the labels; of one's own, all that there are.
fn symbols(settings: &Settings, labels: &[&str], count: usize) -> Result<Vec<String>, PluginError> {
    let folded_labels: Vec<String> = labels.iter().map(|label| folded(label)).collect();
    let is_free = |symbol: &String| !folded_labels.contains(&folded(symbol));
    let own = settings.list("own")?;
    if !own.is_empty() {
        let mut distinct: Vec<String> = Vec::new();
        for symbol in own.iter().filter(|symbol| is_free(symbol)) {
            if !distinct.iter().any(|known| folded(known) == folded(symbol)) {
                distinct.push(symbol.clone());
            }
        }
        distinct.truncate(count);
        return Ok(distinct);
    }
    let symbol: fn(usize) -> String = if settings.text("symbols")? == "words" { word } else { letters };
    Ok((0..).map(symbol).filter(is_free).take(count).collect())
}

/// A, B, … Z, AA, AB, …
fn letters(number: usize) -> String {
    let letter = char::from(b'A' + (number % 26) as u8);
    if number < 26 { letter.to_string() } else { letters(number / 26 - 1) + &letter.to_string() }
}

fn word(number: usize) -> String {
    let word = WORDS[number % WORDS.len()];
    if number < WORDS.len() { word.to_string() } else { format!("{word}{}", number / WORDS.len() + 1) }
}

#[cfg(test)]
mod tests {
    use placebo_plugin_api::TaskKind;

    use super::*;

    fn rewritten(labels: &[&str], definition: &str, output: &str, settings: &Settings) -> Instruction {
        let task = Instruction {
            kind: TaskKind::Classification,
            labels: labels.iter().map(|label| label.to_string()).collect(),
            definition: definition.to_string(),
            targets: vec![Target::new("in", output)],
            ..Instruction::default()
        };
        let settings = Neutral.descriptor().resolve(settings).unwrap();
        Neutral.apply(TransformItem { seed: 1, ..TransformItem::new(task) }, &settings).unwrap().instruction
    }

    #[test]
    fn labels_that_exact_match_cannot_tell_apart_share_a_symbol() {
        let task = rewritten(&["True", "true", "false"], "True, true or FALSE?", "true.", &Settings::default());
        assert_eq!(task.labels[0], task.labels[1]);
        assert_ne!(task.labels[0], task.labels[2]);
        assert_eq!(task.definition, format!("{0}, {0} or {1}?", task.labels[0], task.labels[2]));
        assert_eq!(task.targets[0].outputs[0], task.labels[0]);
    }

    #[test]
    fn labels_that_are_letters_get_other_letters() {
        let task = rewritten(&["A", "B"], "Answer A or B.", "B", &Settings::default());
        let mut symbols = task.labels.clone();
        symbols.sort();
        assert_eq!(symbols, ["C", "D"]);
    }

    #[test]
    fn too_few_symbols_of_ones_own_leave_a_task_as_it_is() {
        let own = Settings::from([("own", (&["X", "x"][..]).into())]);
        assert_eq!(rewritten(&["yes", "no"], "yes or no", "no", &own).labels, ["yes", "no"]);
    }

    #[test]
    fn there_are_symbols_enough() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
        assert_eq!([0, 15, 16].map(word), ["foo", "flob", "foo2"]);
    }

    #[test]
    fn no_label_has_the_same_symbol_in_all_tasks() {
        let task = shown("positive", "negative");
        let settings = Neutral.descriptor().resolve(&Settings::default()).unwrap();
        let first = |seed| {
            let item = TransformItem { seed, ..TransformItem::new(task.clone()) };
            Neutral.apply(item, &settings).unwrap().instruction.labels.remove(0)
        };
        assert!((0..20).any(|seed| first(seed) == "A") && (0..20).any(|seed| first(seed) == "B"));
    }
}
