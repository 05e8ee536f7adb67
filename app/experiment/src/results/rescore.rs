//! Scoring finished runs anew: a metric written next year scores last year's generations.

use super::{ResultsError, RunFolder};
use crate::plan::MetricPlan;
use crate::plugin::{PluginError, Registry};

/// Why a finished run cannot be scored anew.
#[derive(Debug, thiserror::Error)]
pub enum RescoreError {
    /// The record cannot be read or written.
    #[error(transparent)]
    Results(#[from] ResultsError),
    /// A metric is not loaded, does not take its settings, or fails.
    #[error(transparent)]
    Plugin(#[from] PluginError),
    /// A living process works on the run.
    #[error("{holder} is at work on it; try again when it is done: run `{run}`")]
    Held {
        /// Who.
        holder: String,
        /// The run's folder.
        run: String,
    },
}

/// Adds the scores of metrics that a finished run was not scored with; those it has stay as they are.
///
/// Returns whether anything was added. A run without generations, as random guessing is, is left as it is.
///
/// # Errors
/// A record that cannot be read or written, a metric that cannot be used, or a run that somebody works on.
pub fn add_scores(folder: &RunFolder, metrics: &[MetricPlan], registry: &Registry) -> Result<bool, RescoreError> {
    let held = || RescoreError::Held {
        holder: folder.holder().unwrap_or_else(|| "another process".to_owned()),
        run: folder.path().display().to_string(),
    };
    let _lock = folder.try_lock()?.ok_or_else(held)?;
    if !folder.has_generations() {
        return Ok(false);
    }
    let mut scores = folder.scores()?;
    let before = scores.metrics.len();
    scores.add(&folder.generations()?, metrics, registry)?;
    let has_more = scores.metrics.len() > before;
    if has_more {
        folder.write_scores(&scores)?;
    }
    Ok(has_more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generation::Generation;
    use crate::results::testing::spec;
    use crate::score::score;

    #[test]
    fn a_finished_run_gains_a_metric_once_and_not_while_somebody_holds_it() {
        let results = tempfile::tempdir().unwrap();
        let folder = RunFolder::create(results.path(), &spec(1)).unwrap();
        let (old, new) = ([MetricPlan::new("exact-match")], [MetricPlan::new("rouge-l")]);
        let registry = Registry::discover();
        assert!(!add_scores(&folder, &new, &registry).unwrap());
        let generations = [Generation {
            task: "task1".into(),
            instance: "1".into(),
            prompt_sha256: String::new(),
            prediction: "a b".into(),
            references: vec!["a".into()],
        }];
        folder.write_generations(&generations).unwrap();
        folder.write_scores(&score(&generations, &Default::default(), &old, &registry).unwrap()).unwrap();
        assert!(add_scores(&folder, &new, &registry).unwrap());
        assert!(!add_scores(&folder, &new, &registry).unwrap());
        let ids: Vec<_> = folder.scores().unwrap().metrics.into_iter().map(|scored| scored.id).collect();
        assert_eq!(ids, ["exact-match", "rouge-l"]);
        let _held = folder.try_lock().unwrap();
        let message = add_scores(&folder, &new, &registry).unwrap_err().to_string();
        assert!(message.contains("is at work on it; try again when it is done"), "{message}");
    }
}
