//! What a reader of a result should know of its corpus, a sentence each; the manifest has the particulars.

use placebo_experiment::corpus::{CorpusReport, StageReport};

/// Everything in the report that is not as one would wish.
pub fn warnings(report: &CorpusReport) -> Vec<String> {
    let mut all: Vec<_> = report.problems.iter().map(|p| format!("{}: `{}`", p.reason, p.path.display())).collect();
    all.extend(counted(report.warnings.len(), "tasks have oddities in their files"));
    all.extend(counted(report.notes.len(), "tasks could not be altered just as the condition wants it"));
    for (stage, numbers) in [("training", &report.train), ("test", &report.test)] {
        all.extend(of_stage(stage, numbers));
    }
    all
}

fn of_stage(stage: &str, report: &StageReport) -> Vec<String> {
    let parts = [
        (report.truncated_sources, "prompts lose their tail"),
        (report.truncated_targets, "targets lose their tail"),
        (report.dropped_examples, "examples found no room in their prompts"),
    ];
    parts.iter().flat_map(|(count, what)| counted(*count, &format!("{stage} {what}"))).collect()
}

fn counted(count: usize, what: &str) -> Option<String> {
    (count > 0).then(|| format!("{count} {what}; see manifest.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clean_corpus_gives_no_warning() {
        assert_eq!(warnings(&CorpusReport::default()), Vec::<String>::new());
    }

    #[test]
    fn losses_are_counted_by_stage() {
        let mut report = CorpusReport::default();
        report.train.truncated_sources = 3;
        report.notes.insert("task1".into(), vec!["outputs re-paired".into()]);
        let expected = [
            "1 tasks could not be altered just as the condition wants it; see manifest.json",
            "3 training prompts lose their tail; see manifest.json",
        ];
        assert_eq!(warnings(&report), expected);
    }
}
