//! Examples with other outputs: which are altered, how, and what is said of it.

use std::collections::BTreeSet;

use placebo_plugin_api::{
    Example, Instruction, PluginError, Rng, Setting, Settings, TaskKind, TransformItem, Transformed, WorkedExample,
};

/// The setting of how many examples are meant.
pub fn share_setting() -> Setting {
    Setting::float("share", 0.0..=1.0, 1.0, "which share of the examples that a prompt shows is altered, rounded")
}

/// Gives examples that a prompt shows other outputs: those that `output` finds, or none. Explanations of those altered are
/// removed, because they would tell the truth. What could not be altered is noted.
pub fn exchange(
    item: TransformItem,
    settings: &Settings,
    output: impl Fn(&Instruction, &Example, &mut Rng) -> Option<String>,
) -> Result<Transformed, PluginError> {
    let mut rng = Rng::from_seed(item.seed);
    let shown = item.example_slots.min(item.instruction.positive_examples.len());
    let chosen = chosen(shown, settings.float("share")?, &mut rng);
    let mut instruction = item.instruction;
    let mut left = 0;
    for place in &chosen {
        let example = &instruction.positive_examples[*place];
        match output(&instruction, example, &mut rng) {
            Some(output) => instruction.positive_examples[*place] = Example::new(example.input.clone(), output),
            None => left += 1,
        }
    }
    let notes = said(item.example_slots, shown, left).into_iter().collect();
    Ok(Transformed { instruction, notes })
}

fn chosen(count: usize, share: f64, rng: &mut Rng) -> BTreeSet<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    rng.shuffle(&mut places);
    places.into_iter().take((count as f64 * share).round() as usize).collect()
}

fn said(slots: usize, shown: usize, left: usize) -> Option<String> {
    if slots > 0 && shown == 0 {
        Some("no examples to alter".to_string())
    } else {
        (left > 0).then(|| format!("no other output to be had: {left} left as they were"))
    }
}

/// The labels of a classification task; a generation task has none.
pub fn labels(task: &Instruction) -> &[String] {
    if task.kind == TaskKind::Classification { &task.labels } else { &[] }
}

/// Reviews with these inputs and outputs.
pub fn reviews(pairs: &[(&str, &str)]) -> Instruction {
    Instruction {
        kind: TaskKind::Classification,
        labels: vec!["positive".to_string(), "negative".to_string()],
        positive_examples: pairs.iter().map(|(input, output)| Example::new(*input, *output)).collect(),
        ..Instruction::default()
    }
}

/// Two reviews, and the same with other inputs and outputs.
pub fn shown(title: &str, after: &[(&str, &str)]) -> WorkedExample {
    let before = reviews(&[("A joy.", "positive"), ("A bore.", "negative")]);
    WorkedExample::transform(title, TransformItem::new(before), Transformed::new(reviews(after)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn altered(share: f64, slots: usize) -> Vec<bool> {
        let pairs: Vec<(String, &str)> = (0..8).map(|number| (number.to_string(), "positive")).collect();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(input, output)| (input.as_str(), *output)).collect();
        let item = TransformItem { example_slots: slots, ..TransformItem::new(reviews(&pairs)) };
        let settings = Settings::from([("share", share.into())]);
        let result = exchange(item, &settings, |_, _, _| Some("x".to_string())).unwrap();
        result.instruction.positive_examples.iter().map(|example| example.output == "x").collect()
    }

    #[test]
    fn the_share_is_of_the_examples_shown() {
        let count = |share, slots| altered(share, slots).into_iter().filter(|altered| *altered).count();
        assert_eq!([count(1.0, 4), count(0.5, 4), count(0.0, 4), count(1.0, 20)], [4, 2, 0, 8]);
        assert!(altered(1.0, 4)[4..].iter().all(|altered| !altered));
    }

    #[test]
    fn what_stays_is_said() {
        assert_eq!(said(2, 0, 0).unwrap(), "no examples to alter");
        assert_eq!(said(2, 2, 1).unwrap(), "no other output to be had: 1 left as they were");
        assert_eq!([said(0, 0, 0), said(2, 1, 0)], [None, None]);
    }
}
