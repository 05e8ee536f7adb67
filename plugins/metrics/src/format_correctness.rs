//! `format-correctness`: whether the answer is one of the labels.

use placebo_plugin_api::{Descriptor, Metric, PluginError, Scale, ScoreItem, Settings, TaskKind, WorkedExample};

use crate::filters::{self, filtered};
use crate::percent;

/// Whether the model has understood what an answer looks like, right or wrong.
pub struct FormatCorrectness;

const DOCUMENTATION: &str = "\
100 where the prediction is one of the task's labels, to the letter, else 0: nothing is stripped, no case is folded.

It judges classification tasks only. Where an item has no labels, as those of generation tasks, the score is 0, which \
means nothing; a host leaves such items out.";

impl Metric for FormatCorrectness {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent:
                "Kung & Peng, Do Models Really Learn to Follow Instructions?, ACL 2023: the share of answers in \
                        the right format"
                    .to_string(),
            settings: filters::settings(),
            examples: vec![
                WorkedExample::score("A label, though the wrong one", item("no"), 100.0),
                WorkedExample::score("Not to the letter", item("Yes"), 0.0),
                WorkedExample::score("Forgiven", item(" Yes\n"), 100.0)
                    .with(Settings::from([("strip", true.into()), ("lower_case", true.into())])),
            ],
            ..Descriptor::metric("format-correctness", "Is the answer one of the labels", Scale::percent())
                .judging_labels()
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let item = filtered(item, settings)?;
        Ok(percent(item.labels.contains(&item.prediction)))
    }
}

fn item(prediction: &str) -> ScoreItem {
    ScoreItem {
        kind: TaskKind::Classification,
        labels: vec!["yes".to_string(), "no".to_string()],
        prediction: prediction.to_string(),
        references: vec!["yes".to_string()],
        ..ScoreItem::default()
    }
}
