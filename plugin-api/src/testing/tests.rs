//! The checks find what they claim to find: one fault, one finding.

use std::sync::atomic::{AtomicU64, Ordering};

use super::{findings, score_item};
use crate::{
    Descriptor, Direction, Instruction, Metric, Part, PluginError, Plugins, Rng, Scale, ScoreItem, Setting, Settings,
    Transform, TransformItem, Transformed, WorkedExample,
};

#[derive(Clone, Copy, PartialEq)]
enum Fault {
    None,
    Undocumented,
    WrongExample,
    BadDefault,
    PanicsAtTheBound,
    Oversteps,
    Remembers,
    SecretlyRandom,
    NeverRandom,
    LosesLabels,
}

/// Puts a word before the definition, and has one fault.
struct Prefix(Fault);

static CALLS: AtomicU64 = AtomicU64::new(0);

fn task(definition: &str) -> Instruction {
    Instruction { definition: definition.into(), ..Instruction::default() }
}

impl Transform for Prefix {
    fn descriptor(&self) -> Descriptor {
        let result = if self.0 == Fault::WrongExample { "now: other" } else { "now: say" };
        let constructor = match self.0 {
            Fault::NeverRandom => Descriptor::random_transform,
            _ => Descriptor::transform,
        };
        let default = if self.0 == Fault::BadDefault { 9 } else { 1 };
        let example =
            WorkedExample::transform("A word", TransformItem::new(task("say")), Transformed::new(task(result)));
        Descriptor {
            version: "1".into(),
            documentation: if self.0 == Fault::Undocumented { String::new() } else { "A word first.".into() },
            settings: vec![Setting::integer("times", 1..=3, default, "how often")],
            examples: if self.0 == Fault::BadDefault { Vec::new() } else { vec![example] },
            ..constructor("prefix", "A word first", &[Part::Definition]).keeping_labels()
        }
    }

    fn apply(&self, mut item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        assert!(self.0 != Fault::PanicsAtTheBound || settings.integer("times")? < 3, "three is too much");
        let number = match self.0 {
            Fault::SecretlyRandom => Rng::from_seed(item.seed).below(2) as u64,
            Fault::Remembers => CALLS.fetch_add(1, Ordering::Relaxed) % 5,
            _ => 0,
        };
        let word = if number == 0 || item.instruction.definition == "say" { "now: " } else { "then: " };
        item.instruction.definition.insert_str(0, &word.repeat(settings.integer("times")? as usize));
        if self.0 == Fault::LosesLabels {
            item.instruction.definition = item.instruction.definition.replace("maybe", "perhaps");
        }
        if self.0 == Fault::Oversteps {
            item.instruction.positive_examples.clear();
        }
        Ok(Transformed::new(item.instruction))
    }
}

/// The findings about a prefix with this fault, each reduced to the name of its check.
fn found(fault: Fault) -> Vec<String> {
    let transform: &'static dyn Transform = Box::leak(Box::new(Prefix(fault)));
    names(&Plugins { version: "1", transforms: Box::leak(Box::new([transform])), metrics: &[] })
}

fn names(plugins: &Plugins) -> Vec<String> {
    let findings = findings(&|request| super::answer_in_bytes(plugins, &request));
    findings.iter().map(|finding| finding.split('`').nth(3).unwrap().to_string()).collect()
}

#[test]
fn a_good_plugin_passes() {
    assert_eq!(found(Fault::None), [""; 0]);
}

#[test]
fn each_fault_of_a_transform_is_found() {
    assert_eq!(found(Fault::Undocumented), ["description"]);
    assert_eq!(found(Fault::WrongExample), ["examples"]);
    assert_eq!(found(Fault::PanicsAtTheBound), ["settings-allowed", "settings-drawn"]);
    assert_eq!(found(Fault::Oversteps), ["touches"]);
    assert_eq!(found(Fault::LosesLabels), ["labels"]);
    assert_eq!(found(Fault::SecretlyRandom), ["seeds"]);
    assert_eq!(found(Fault::NeverRandom), ["seeds"]);
    assert_eq!(found(Fault::BadDefault)[0], "description");
    assert!(found(Fault::Remembers).contains(&"repeatable".to_string()));
}

/// Scores the same for everything.
struct Constant(f64, Direction);

impl Metric for Constant {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            version: "1".into(),
            documentation: "One number.".into(),
            examples: vec![WorkedExample::score("Anything", score_item("a", &["b"]), self.0.max(0.0))],
            ..Descriptor::metric("constant", "One number", Scale { direction: self.1, ..Scale::percent() })
        }
    }

    fn score(&self, _: &ScoreItem, _: &Settings) -> Result<f64, PluginError> {
        Ok(self.0)
    }
}

fn found_in_metric(constant: Constant) -> Vec<String> {
    let metric: &'static dyn Metric = Box::leak(Box::new(constant));
    names(&Plugins { version: "1", transforms: &[], metrics: Box::leak(Box::new([metric])) })
}

#[test]
fn each_fault_of_a_metric_is_found() {
    assert_eq!(found_in_metric(Constant(100.0, Direction::HigherIsBetter)), [""; 0]);
    assert_eq!(found_in_metric(Constant(100.0, Direction::LowerIsBetter)), ["perfect"]);
    assert_eq!(found_in_metric(Constant(50.0, Direction::HigherIsBetter)), ["perfect"]);
    assert_eq!(found_in_metric(Constant(101.0, Direction::Neutral)), ["scores"]);
    assert!(found_in_metric(Constant(f64::NAN, Direction::Neutral)).contains(&"scores".to_string()));
}

/// Counts its calls and says so.
struct Counting(AtomicU64);

impl Metric for Counting {
    fn descriptor(&self) -> Descriptor {
        Descriptor::metric("counting", "Calls", Scale { maximum: None, ..Scale::percent() })
    }

    fn score(&self, _: &ScoreItem, _: &Settings) -> Result<f64, PluginError> {
        Ok(self.0.fetch_add(1, Ordering::Relaxed) as f64)
    }
}

#[test]
fn threads_that_hear_different_answers_are_found() {
    static COUNTING: Counting = Counting(AtomicU64::new(0));
    let counting = Plugins { version: "1", transforms: &[], metrics: Box::leak(Box::new([&COUNTING as &dyn Metric])) };
    let found = super::threads::disagreements(&counting);
    assert_eq!(found, ["plugin `counting`: threads that ask at once hear different answers"]);
}

#[test]
fn two_plugins_of_one_name_are_found() {
    let first: &'static dyn Transform = Box::leak(Box::new(Prefix(Fault::None)));
    let both = Plugins { version: "1", transforms: Box::leak(Box::new([first, first])), metrics: &[] };
    let findings = findings(&|request| super::answer_in_bytes(&both, &request));
    assert_eq!(findings, ["the library offers two plugins `prefix`"]);
}
