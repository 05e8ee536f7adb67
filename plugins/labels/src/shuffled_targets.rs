//! `targets.shuffled`: the targets of a training task dealt out anew among its instances.

use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Rng, Setting, Settings, Stage, Target, Transform, TransformItem,
    Transformed, WorkedExample,
};

use crate::task;

/// Takes from the training what inputs have to do with answers.
pub struct ShuffledTargets;

const DOCUMENTATION: &str = "\
Deals the targets of each training task out anew among the instances that are learned from: each target stays in the task and is learned \
as often as before, but from whichever input it falls to. The distribution of answers, their format and their words are those of the \
original, and nothing can be learned of how an input determines its answer. A model that scores as well with shuffled targets has learned \
the format and not the task: this is the control without which a gain from instruction tuning cannot be told from practice in answering.

The deal is a random arrangement, not one that avoids the old places: in a task of two labels about half the instances keep theirs by \
chance. Were none to keep its own, the input would determine the answer again. The record says how many targets of each task are others.

With a `share` below 1, so large a part of the instances, drawn at random, exchange targets among themselves, and the others keep theirs: \
label noise of a known size.

Definition, examples and everything in testing stay. Instances held out for validation exchange among themselves. A task with fewer than \
two instances stays, and a note says so.";

impl Transform for ShuffledTargets {
    fn descriptor(&self) -> Descriptor {
        let shown = |outputs: [&str; 3]| {
            let inputs = ["A joy.", "A bore.", "So so."];
            let targets = inputs.iter().zip(outputs).map(|(input, output)| Target::new(*input, output)).collect();
            Instruction { targets, ..task("Answer positive or negative.", "positive") }
        };
        let before = shown(["positive", "negative", "neither"]);
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent: "Zhang et al., Understanding Deep Learning Requires Rethinking Generalization, ICLR 2017, and Min et al., \
                        Rethinking the Role of Demonstrations, EMNLP 2022: labels at random"
                .to_string(),
            settings: vec![Setting::float("share", 0.0..=1.0, 1.0, "the share of instances whose targets are dealt out anew")],
            examples: vec![
                WorkedExample::transform(
                    "In training, the same targets dealt out anew; one falls to where it was",
                    TransformItem { seed: 1, ..TransformItem::new(before.clone()) },
                    Transformed::new(shown(["negative", "positive", "neither"])),
                ),
                WorkedExample::transform(
                    "In testing nothing",
                    TransformItem { stage: Stage::Test, ..TransformItem::new(before.clone()) },
                    Transformed::new(before),
                ),
            ],
            ..Descriptor::random_transform(
                "targets.shuffled",
                "Training targets dealt out anew within each task",
                &[Part::Target],
            )
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let mut instruction = item.instruction;
        if item.stage == Stage::Test {
            return Ok(Transformed::new(instruction));
        }
        if instruction.targets.len() < 2 {
            let notes = vec![format!("{} instances to exchange targets: left as it was", instruction.targets.len())];
            return Ok(Transformed { instruction, notes });
        }
        let mut rng = Rng::from_seed(item.seed);
        let mut places: Vec<usize> = (0..instruction.targets.len()).collect();
        rng.shuffle(&mut places);
        places.truncate((settings.float("share")? * places.len() as f64).round() as usize);
        places.sort_unstable();
        deal(&mut instruction.targets, &places, &mut rng);
        Ok(Transformed::new(instruction))
    }
}

/// Deals the answers at these places out among them.
fn deal(targets: &mut [Target], places: &[usize], rng: &mut Rng) {
    let mut answers: Vec<Vec<String>> =
        places.iter().map(|place| std::mem::take(&mut targets[*place].outputs)).collect();
    rng.shuffle(&mut answers);
    places.iter().zip(answers).for_each(|(place, outputs)| targets[*place].outputs = outputs);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dealt(share: f64, seed: u64) -> Vec<String> {
        let targets = (0..100).map(|number| Target::new("in", number.to_string())).collect();
        let item = TransformItem { seed, ..TransformItem::new(Instruction { targets, ..Instruction::default() }) };
        let settings = Settings::from([("share", share.into())]);
        let after = ShuffledTargets.apply(item, &settings).unwrap().instruction.targets;
        after.into_iter().map(|mut target| target.outputs.remove(0)).collect()
    }

    fn moved(outputs: &[String]) -> usize {
        outputs.iter().enumerate().filter(|(place, output)| place.to_string() != **output).count()
    }

    #[test]
    fn every_target_is_learned_as_often_as_before() {
        let mut outputs = dealt(1.0, 1);
        assert!(moved(&outputs) > 90);
        outputs.sort_by_key(|output| output.parse::<usize>().unwrap());
        assert_eq!(moved(&outputs), 0);
    }

    #[test]
    fn a_share_leaves_the_others_alone() {
        assert_eq!(moved(&dealt(0.0, 1)), 0);
        for seed in 0..20 {
            let moved = moved(&dealt(0.3, seed));
            assert!((20..=30).contains(&moved), "{moved}");
        }
    }
}
