//! Verifying a bundle: are the files as they were, and does each result follow from what it was made of?

use std::path::Path;

use super::figures::Figures;
use super::rescore::{RescoreError, Rescorer};
use super::unpacked::Unpacked;
use super::{BundleError, COMPARISON, Finding, RESULTS, Verdict, answer, check, difference};
use crate::plugin::Registry;
use crate::report::{Record, read_records};
use crate::score::{MetricScores, Scores};

/// Checks an archive, or the folder that one was unpacked to, with the plugins of `registry`.
///
/// Every checksum is compared; if all are right, scores are computed anew from the answers, the comparison from the
/// scores, and figures from both. `tell` hears of the runs done and how many there are.
///
/// # Errors
/// What was given is no bundle, leads out of its folder, or cannot be unpacked. What is wrong inside it is in the
/// verdict.
pub fn verify(path: &Path, registry: &Registry, tell: &mut dyn FnMut(usize, usize)) -> Result<Verdict, BundleError> {
    let bundle = Unpacked::open(path)?;
    let mut verdict = Verdict::default();
    check::check(&bundle, &mut verdict);
    if verdict.is_same() {
        Verifier { bundle: &bundle, root: &bundle.root, registry, verdict: &mut verdict }.recompute(tell)?;
    } else {
        verdict.unchecked.push("scores, comparison and figures, because the files are not as they were".to_owned());
    }
    Ok(verdict)
}

struct Verifier<'v> {
    bundle: &'v Unpacked,
    root: &'v Path,
    registry: &'v Registry,
    verdict: &'v mut Verdict,
}

impl Verifier<'_> {
    fn recompute(&mut self, tell: &mut dyn FnMut(usize, usize)) -> Result<(), BundleError> {
        let (mut records, problems) = read_records(&self.root.join(RESULTS))?;
        for problem in problems {
            self.find(Finding::Unreadable { cause: problem.to_string(), file: RESULTS.to_owned() });
        }
        records.iter().for_each(|record| self.check_place(record));
        let rescorer = Rescorer::new(&records, self.registry)?;
        let total = records.len();
        for (done, record) in records.iter_mut().enumerate() {
            self.rescore(&rescorer, record);
            tell(done + 1, total);
        }
        self.compare(&records)?;
        let (root, registry) = (self.root, self.registry);
        Figures { root, records: &records, registry, verdict: self.verdict }.check(self.bundle.digests.keys());
        Ok(())
    }

    fn check_place(&mut self, record: &Record) {
        let id = record.spec.id();
        if !record.path.ends_with(id.as_str()) {
            self.find(Finding::Misplaced { id: id.to_string(), file: self.file(record, "spec.json") });
        }
    }

    /// Replaces a record's scores by those that follow from its answers.
    fn rescore(&mut self, rescorer: &Rescorer, record: &mut Record) {
        let Some(stored) = record.scores.take() else { return };
        match rescorer.rescore(record, &stored) {
            Err(error) => self.give_up(record, &error),
            Ok(rescored) => {
                self.verdict.runs += 1;
                self.verdict.scores += difference::count(&rescored.scores);
                let what = difference::of_scores(&stored, &rescored.scores);
                self.find_difference(what, self.file(record, "scores.json"));
                self.leave_out(rescored.left_out);
                record.scores = Some(merged(&stored, rescored.scores));
                return;
            }
        }
        record.scores = Some(stored);
    }

    fn give_up(&mut self, record: &Record, error: &RescoreError) {
        match error {
            RescoreError::Plugin(error) => self.leave_out(vec![format!("scores: {error}")]),
            RescoreError::Results(error) => {
                let file = self.file(record, "generations.jsonl");
                self.find(Finding::Unreadable { cause: error.to_string(), file });
            }
        }
    }

    fn compare(&mut self, records: &[Record]) -> Result<(), BundleError> {
        let stored = fs_err::read_to_string(self.root.join(COMPARISON))?;
        let what = answer::difference(&stored, records);
        self.verdict.comparison = true;
        self.find_difference(what, COMPARISON.to_owned());
        Ok(())
    }

    fn find_difference(&mut self, what: Option<String>, file: String) {
        if let Some(what) = what {
            self.find(Finding::Differs { what, file });
        }
    }

    fn find(&mut self, finding: Finding) {
        self.verdict.findings.push(finding);
    }

    /// Notes what nobody can check, once for all runs.
    fn leave_out(&mut self, sentences: Vec<String>) {
        for sentence in sentences {
            if !self.verdict.unchecked.contains(&sentence) {
                self.verdict.unchecked.push(sentence);
            }
        }
    }

    fn file(&self, record: &Record, name: &str) -> String {
        let folder = record.path.strip_prefix(self.root).unwrap_or(&record.path);
        folder.join(name).to_string_lossy().replace('\\', "/")
    }
}

/// The stored scores with those that were computed anew in their places.
fn merged(stored: &Scores, found: Scores) -> Scores {
    let mut merged = stored.clone();
    for anew in found.metrics {
        let is_same = |stored: &&mut MetricScores| stored.id == anew.id && stored.settings == anew.settings;
        if let Some(place) = merged.metrics.iter_mut().find(is_same) {
            *place = anew;
        }
    }
    merged
}
