//! The delusive and the simplified condition on real tasks: what they leave true is counted and noted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use placebo_experiment::load::{Source, load_split};
use placebo_experiment::plugin::{Registry, item_seed};
use placebo_experiment::sample::Keep;
use placebo_experiment::split::Split;
use placebo_plugin_api::{Example, Instruction, Settings, Stage, TaskKind, TransformItem, Transformed};

/// The instructions of all tasks of a Super-NaturalInstructions folder, or none and a word about it.
fn instructions() -> Vec<Instruction> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/natinst");
    let path = std::env::var_os("PLACEBO_NATINST").map_or_else(beside, PathBuf::from);
    if !path.is_dir() {
        eprintln!("skipped: no Super-NaturalInstructions in `{}`; name its folder in PLACEBO_NATINST", path.display());
        return Vec::new();
    }
    let source = Source { path: &path, format: "natural-instructions", track: "default", overrides: &[] };
    let load = |split| load_split(source, split, Keep::First(1)).unwrap().tasks;
    [Split::Train, Split::Test].into_iter().flat_map(load).map(|task| task.instruction()).collect()
}

fn apply(id: &str, slots: usize, seed: u64, instructions: &[Instruction]) -> Vec<Transformed> {
    let item = |instruction: &Instruction| TransformItem {
        seed: item_seed(seed, id, &Settings::default(), &instruction.task),
        stage: Stage::Train,
        example_slots: slots,
        instruction: instruction.clone(),
    };
    Registry::discover().apply(id, &Settings::default(), instructions.iter().map(item).collect()).unwrap()
}

fn is_right(example: &Example, positives: &[Example]) -> bool {
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let same = |a: &str, b: &str| letters(a) == letters(b);
    positives.iter().any(|known| same(&known.input, &example.input) && same(&known.output, &example.output))
}

#[test]
fn no_right_pair_remains_unless_a_note_says_so() {
    let instructions = instructions();
    for (slots, seed) in [(1, 1), (2, 1), (2, 2), (4, 3)] {
        let mut notes: BTreeMap<String, usize> = BTreeMap::new();
        for (before, after) in instructions.iter().zip(apply("examples.delusive", slots, seed, &instructions)) {
            let shown = &after.instruction.positive_examples;
            let right = shown.iter().filter(|example| is_right(example, &before.positive_examples)).count();
            let said =
                after.notes.iter().any(|note| note == &format!("no wrong output to be had: {right} left honest"));
            assert!(right == 0 || said, "{}: {right} right pairs, {:?}", before.task, after.notes);
            assert!(shown.len() >= slots.min(before.positive_examples.len()), "{}: too few shown", before.task);
            assert!(shown.iter().all(|example| example.explanation.is_empty()), "{}: explained", before.task);
            after.notes.into_iter().for_each(|note| *notes.entry(note).or_default() += 1);
        }
        eprintln!("{slots} slots, seed {seed}, {} tasks: {notes:#?}", instructions.len());
    }
}

#[test]
fn simplified_names_every_label_and_nothing_else() {
    let instructions = instructions();
    for (before, after) in instructions.iter().zip(apply("definition.simplified", 2, 1, &instructions)) {
        let definition = after.instruction.definition;
        match before.kind {
            TaskKind::Generation => assert_eq!((definition.as_str(), after.notes.len()), ("", 1), "{}", before.task),
            TaskKind::Classification => {
                let named = |label: &String| definition.contains(label.trim().trim_end_matches('.'));
                assert!(before.labels.iter().all(named), "{}: {definition}", before.task);
                assert!(definition.split("Label: ").count() <= before.labels.len() + 1, "{}", before.task);
            }
        }
    }
}
