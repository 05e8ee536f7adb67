//! The trait of a plugin that scores generations, and what travels to it.

use serde::{Deserialize, Serialize};

use crate::{Descriptor, PluginError, Settings, TaskKind};

/// One generation to score.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreItem {
    /// The task's name.
    #[serde(default)]
    pub task: String,
    /// The instance's id.
    #[serde(default)]
    pub instance: String,
    /// What sort of answers the task asks for.
    #[serde(default)]
    pub kind: TaskKind,
    /// The output space of a classification task; empty for a generation task.
    #[serde(default)]
    pub labels: Vec<String>,
    /// What the model wrote, untouched. A missing prediction is the empty string.
    pub prediction: String,
    /// The right answers, any of which will do.
    pub references: Vec<String>,
}

/// A plugin that scores one generation at a time, on the scale its descriptor names.
///
/// Implement it on a unit struct and name that struct in [`export_plugin!`](crate::export_plugin). The host takes
/// means over instances and tasks; a metric knows nothing of them. It may be called from several threads at once.
pub trait Metric: Sync {
    /// What the plugin is called, what it measures and which settings it takes. Called when the plugin is loaded.
    fn descriptor(&self) -> Descriptor;

    /// Scores one generation: a finite number within the descriptor's scale, 0 to 100 for percentages, also for an
    /// empty prediction and for empty references. Several references are the metric's affair; the usual way is
    /// [`best_of`].
    ///
    /// # Errors
    /// Return an error only where a score would falsify the experiment; it fails the scoring of the run.
    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError>;

    /// Scores several generations; one score for every item, in their order.
    ///
    /// Only a metric of scope [`MetricScope::OneTask`](crate::MetricScope::OneTask) has a reason to write this itself: the
    /// host then hands it all answers to one task in one call. What is true of the task as a whole, such as how evenly its
    /// labels are used, is the score of each of its answers. The order of the items means nothing. `score` of such a
    /// metric is asked by nobody but its own `score_all`, and may answer as for a task of one instance.
    ///
    /// # Errors
    /// The first error of [`score`](Metric::score), with its instance.
    fn score_all(&self, items: &[ScoreItem], settings: &Settings) -> Result<Vec<f64>, PluginError> {
        let score = |item: &ScoreItem| {
            let place = || format!("instance `{}` of task `{}`", item.instance, item.task);
            self.score(item, settings).map_err(|error| PluginError::new(format!("{error}: {}", place())))
        };
        items.iter().map(score).collect()
    }
}

/// The highest score over the references, or 0 where there are none.
pub fn best_of(references: &[String], score: impl Fn(&str) -> f64) -> f64 {
    references.iter().map(|reference| score(reference)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::best_of;

    #[test]
    fn the_best_reference_counts() {
        let references = ["a".to_string(), "abc".to_string(), "ab".to_string()];
        assert_eq!(best_of(&references, |text| text.len() as f64), 3.0);
    }

    #[test]
    fn no_reference_scores_nothing() {
        assert_eq!(best_of(&[], |_| 100.0), 0.0);
    }
}
