//! Answers of two runs side by side, and which of them are shown.

use std::path::PathBuf;
use std::sync::Arc;

/// Which answers are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// The one run.
    pub a: Option<PathBuf>,
    /// The other.
    pub b: Option<PathBuf>,
    /// Further runs, shown beside them.
    pub more: Vec<PathBuf>,
    /// Which of their answers.
    pub verdict: Verdict,
    /// Only answers to this task.
    pub task: Option<String>,
    /// Only answers that hold this text, in task, answer or reference.
    pub text: String,
}

impl Asked {
    /// The runs in the order of their columns; none where one is still to be chosen.
    pub fn runs(&self) -> Option<Vec<&PathBuf>> {
        let (a, b) = self.a.as_ref().zip(self.b.as_ref())?;
        Some([a, b].into_iter().chain(&self.more).collect())
    }

    /// Whether the same runs are meant, whatever is wanted of them.
    pub fn has_runs_of(&self, other: &Asked) -> bool {
        (&self.a, &self.b, &self.more) == (&other.a, &other.b, &other.more)
    }
}

/// Right and wrong, of A and B.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verdict {
    /// All answers.
    #[default]
    All,
    /// A right, B wrong.
    OnlyA,
    /// B right, A wrong.
    OnlyB,
    /// Neither right.
    Neither,
    /// Both right.
    Both,
    /// Whatever differs.
    Different,
    /// An answer that is none of the task's labels.
    Outside,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Verdict; 7] = [
        Verdict::All,
        Verdict::OnlyA,
        Verdict::OnlyB,
        Verdict::Neither,
        Verdict::Both,
        Verdict::Different,
        Verdict::Outside,
    ];

    /// Its words.
    pub fn title(self) -> &'static str {
        match self {
            Verdict::All => "All answers",
            Verdict::OnlyA => "A right, B wrong",
            Verdict::OnlyB => "B right, A wrong",
            Verdict::Neither => "Both wrong",
            Verdict::Both => "Both right",
            Verdict::Different => "Different answers",
            Verdict::Outside => "Not one of the labels",
        }
    }

    /// Whether a row is meant.
    pub fn admits(self, row: &AnswerRow) -> bool {
        let [a, b, ..] = row.given.as_slice() else { return false };
        match self {
            Verdict::All => true,
            Verdict::OnlyA => a.right && !b.right,
            Verdict::OnlyB => b.right && !a.right,
            Verdict::Neither => !a.right && !b.right,
            Verdict::Both => a.right && b.right,
            Verdict::Different => a.text != b.text,
            Verdict::Outside => row.given.iter().any(|given| given.outside),
        }
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// As the model wrote it.
    pub text: String,
    /// Whether it is right, by exact match.
    pub right: bool,
    /// Whether the task has labels and this is none of them.
    pub outside: bool,
}

/// One instance with what the runs answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// The task's name.
    pub task: Arc<str>,
    /// The instance's id.
    pub instance: String,
    /// What would be right.
    pub references: Vec<String>,
    /// One answer per run, in the order of the runs asked for.
    pub given: Vec<Given>,
}

/// All answers that the runs have in common.
#[derive(Debug, Default)]
pub struct Sheet {
    /// One per instance.
    pub rows: Vec<AnswerRow>,
    /// The tasks, sorted.
    pub tasks: Vec<Arc<str>>,
}

/// The prompt that a run answered to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// The text.
    pub prompt: String,
    /// Whether it is known to be the very text; not so where task files or plugins have changed since.
    pub exact: bool,
}

/// The answers shown.
#[derive(Debug, Default)]
pub struct Answers {
    /// What is wanted.
    pub asked: Asked,
    /// All instances that the runs answered.
    pub sheet: Arc<Sheet>,
    /// The places of those wanted.
    pub found: Arc<Vec<usize>>,
    /// The place of the one looked at closely.
    pub shown: Option<usize>,
    /// The prompts behind its answers, once they are built.
    pub behind: Vec<Result<Behind, String>>,
    /// Whether they are being read.
    pub busy: bool,
    /// Why there are none.
    pub error: Option<String>,
}

impl Answers {
    /// The row looked at closely.
    pub fn row(&self) -> Option<&AnswerRow> {
        self.shown.and_then(|place| self.sheet.rows.get(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_admits_what_its_words_say() {
        let given = |right| Given { text: if right { "yes" } else { "no" }.into(), right, outside: !right };
        let row = |a, b| AnswerRow {
            task: "t".into(),
            instance: "i".into(),
            references: vec!["yes".into()],
            given: vec![given(a), given(b)],
        };
        let admitted = |verdict: Verdict| {
            [(true, true), (true, false), (false, true), (false, false)].map(|(a, b)| verdict.admits(&row(a, b)))
        };
        assert_eq!(admitted(Verdict::All), [true; 4]);
        assert_eq!(admitted(Verdict::OnlyA), [false, true, false, false]);
        assert_eq!(admitted(Verdict::OnlyB), [false, false, true, false]);
        assert_eq!(admitted(Verdict::Neither), [false, false, false, true]);
        assert_eq!(admitted(Verdict::Different), [false, true, true, false]);
        assert_eq!(admitted(Verdict::Outside), [false, true, true, true]);
    }
}
