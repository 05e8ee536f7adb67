//! The metrics, what they are averaged over, and which intervals and tests belong to the results.

use std::collections::BTreeSet;

use super::conditions::plugin;
use super::prose::plain;
use super::study::Study;
use crate::report::english::{capitalised, list, metric};
use crate::report::{Aggregate, Comparison, inference};

pub(super) fn sentences(study: &Study, comparison: &Comparison) -> Vec<String> {
    let mut sentences: Vec<_> = metrics(study).into_iter().collect();
    if !sentences.is_empty() {
        sentences.extend(aggregates(comparison));
        sentences.extend(inference::sentences(comparison).iter().map(|sentence| plain(sentence)));
    }
    sentences
}

fn metrics(study: &Study) -> Option<String> {
    let scored = study.runs.iter().filter_map(|run| run.record.scores.as_ref()).flat_map(|scores| &scores.metrics);
    let mut said: Vec<String> = Vec::new();
    for scores in scored {
        let plugin = plugin(&scores.id, Some(&scores.version), &scores.settings);
        let name = metric(&scores.id);
        let metric = if name == scores.id { plugin } else { format!("{name}, {plugin}") };
        if !said.contains(&metric) {
            said.push(metric);
        }
    }
    let several = said.len() > 1;
    (!said.is_empty())
        .then(|| format!("Answers are scored by {}.", if several { said.join("; ") } else { list(&said) }))
}

fn aggregates(comparison: &Comparison) -> Option<String> {
    let aggregates: BTreeSet<_> = comparison.columns.iter().map(|column| &column.aggregate).collect();
    let said: Vec<_> = aggregates.into_iter().filter_map(aggregate).collect();
    (!said.is_empty()).then(|| format!("{}.", capitalised(&list(&said))))
}

fn aggregate(aggregate: &Aggregate) -> Option<&'static str> {
    match aggregate {
        Aggregate::Classification => Some("scores for classification are means over the classification tasks' means"),
        Aggregate::Generation => Some("scores for generation are means over the generation tasks' means"),
        Aggregate::Overall => Some("overall scores are means over all instances"),
        Aggregate::Category(_) | Aggregate::Task(_) => None,
    }
}
