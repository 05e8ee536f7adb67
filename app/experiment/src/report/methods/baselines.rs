//! What the conditions are compared with.

use std::collections::BTreeSet;

use super::study::Study;
use crate::run_spec::RunKind;

pub(super) fn sentence(study: &Study) -> Option<String> {
    let kinds: BTreeSet<_> = study.runs.iter().map(|run| run.spec().kind).collect();
    let said: Vec<_> = kinds.into_iter().filter_map(said).collect();
    let subject = if said.len() == 1 { "The baseline is" } else { "The baselines are" };
    (!said.is_empty()).then(|| format!("{subject} {}.", said.join("; ")))
}

fn said(kind: RunKind) -> Option<&'static str> {
    Some(match kind {
        RunKind::FineTune => return None,
        RunKind::RandomGuess => "guessing one of a classification task's labels at random, computed in closed form",
        RunKind::Untuned => "the checkpoint as it is, with unaltered instructions",
        RunKind::MajorityLabel => "the most frequent label of each classification task",
        RunKind::CopyExample => "the output of the first example in the prompt",
        RunKind::CopyInput => "the instance's input",
    })
}
