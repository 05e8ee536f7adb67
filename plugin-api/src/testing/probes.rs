//! Items to try a plugin on: plain ones, and the texts that break careless code.

use crate::{Example, Instruction, ScoreItem, Stage, Target, TaskKind, TransformItem};

/// Texts that a data set may well contain.
pub fn awkward_texts() -> Vec<String> {
    let long = "a word and another, ".repeat(500);
    let texts =
        ["", " ", "a", ".", "\0", "a\r\nb\tc", "naïve café", "İstanbul ǅ ß", "سلام دنیا", "日本語 文字", "👩‍👩‍👧 🇪🇺", &long];
    texts.map(str::to_string).to_vec()
}

/// Instructions of many shapes, each with each of these seeds.
pub fn items(seeds: &[u64]) -> Vec<TransformItem> {
    let item = |seed: u64, slots: usize, instruction: &Instruction| TransformItem {
        seed,
        stage: if seed.is_multiple_of(2) { Stage::Train } else { Stage::Test },
        example_slots: slots,
        instruction: instruction.clone(),
    };
    let instructions = instructions();
    let with_seed = |seed: &u64| instructions.iter().enumerate().map(|(i, task)| item(*seed, i % 4, task)).collect();
    seeds.iter().flat_map(|seed| -> Vec<TransformItem> { with_seed(seed) }).collect()
}

fn instructions() -> Vec<Instruction> {
    let mut instructions = vec![Instruction::default()];
    for negatives in [0, 1, 3] {
        for positives in [1, 3, 6] {
            instructions.push(classification(positives, negatives));
            instructions.push(generation(positives, negatives));
        }
    }
    instructions.extend(awkward_texts().iter().map(|text| awkward(text)));
    for (place, instruction) in instructions.iter_mut().enumerate() {
        instruction.task = format!("task{place:03}");
    }
    instructions
}

/// An instruction with labels and examples, as most tasks have them.
pub fn plain() -> Instruction {
    classification(2, 2)
}

fn classification(positives: usize, negatives: usize) -> Instruction {
    let labels = ["yes", "no", "maybe"].map(str::to_string).to_vec();
    let example = |place: usize, shift: usize| Example {
        explanation: "It says so.".to_string(),
        ..Example::new(format!("Question {place}?"), labels[(place + shift) % labels.len()].clone())
    };
    Instruction {
        kind: TaskKind::Classification,
        definition: "Answer the question. The answer is yes, no, or maybe.".to_string(),
        targets: (0..6).map(|place| Target::new(format!("Is it {place}?"), labels[place % 2].clone())).collect(),
        positive_examples: (0..positives).map(|place| example(place, 0)).collect(),
        negative_examples: (0..negatives).map(|place| example(place, 1)).collect(),
        labels,
        ..Instruction::default()
    }
}

fn generation(positives: usize, negatives: usize) -> Instruction {
    let example = |place: usize, what: &str| Example::new(format!("Name number {place}."), format!("{what} {place}"));
    Instruction {
        kind: TaskKind::Generation,
        definition: "Write a title. Keep it short.".to_string(),
        targets: (0..6).map(|place| Target::new(format!("Text {place}."), format!("Title {place}"))).collect(),
        positive_examples: (0..positives).map(|place| example(place, "Title")).collect(),
        negative_examples: (0..negatives).map(|place| example(place, "A far too long title")).collect(),
        ..Instruction::default()
    }
}

fn awkward(text: &str) -> Instruction {
    let example = Example { explanation: text.to_string(), ..Example::new(text, text) };
    Instruction {
        definition: text.to_string(),
        labels: vec![text.to_string()],
        kind: TaskKind::Classification,
        targets: vec![Target::new(text, text), Target::new("x", "y")],
        positive_examples: vec![example.clone(); 2],
        negative_examples: vec![example],
        ..Instruction::default()
    }
}

/// Generations of every awkward text beside every other, and some without references.
pub fn generations() -> Vec<ScoreItem> {
    let texts = awkward_texts();
    let pair = |prediction: &String, reference: &String| ScoreItem {
        labels: vec![reference.clone(), "other".to_string()],
        kind: TaskKind::Classification,
        ..generation_of(prediction, vec![reference.clone()])
    };
    let pairs = texts.iter().flat_map(|prediction| texts.iter().map(move |reference| pair(prediction, reference)));
    let alone = texts.iter().map(|prediction| generation_of(prediction, Vec::new()));
    let several = texts.iter().map(|prediction| generation_of(prediction, texts.clone()));
    pairs.chain(alone).chain(several).collect()
}

fn generation_of(prediction: &str, references: Vec<String>) -> ScoreItem {
    let (task, instance) = ("task001".to_string(), "task001-1".to_string());
    ScoreItem { task, instance, prediction: prediction.to_string(), references, ..ScoreItem::default() }
}
