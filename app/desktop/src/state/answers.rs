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
    /// Which of their answers.
    pub verdict: Verdict,
    /// Only answers that hold this text, in task, answer or reference.
    pub text: String,
}

/// Right and wrong, of both.
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
}

impl Verdict {
    /// All of them.
    pub const ALL: [Verdict; 6] =
        [Verdict::All, Verdict::OnlyA, Verdict::OnlyB, Verdict::Neither, Verdict::Both, Verdict::Different];

    /// Its words.
    pub fn title(self) -> &'static str {
        match self {
            Verdict::All => "All answers",
            Verdict::OnlyA => "A right, B wrong",
            Verdict::OnlyB => "B right, A wrong",
            Verdict::Neither => "Both wrong",
            Verdict::Both => "Both right",
            Verdict::Different => "Different answers",
        }
    }

    /// Whether a row is meant.
    pub fn admits(self, row: &AnswerRow) -> bool {
        match self {
            Verdict::All => true,
            Verdict::OnlyA => row.a_right && !row.b_right,
            Verdict::OnlyB => row.b_right && !row.a_right,
            Verdict::Neither => !row.a_right && !row.b_right,
            Verdict::Both => row.a_right && row.b_right,
            Verdict::Different => row.a != row.b,
        }
    }
}

/// One instance with what two runs answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// The task's name.
    pub task: String,
    /// The instance's id.
    pub instance: String,
    /// What would be right.
    pub references: Vec<String>,
    /// The one run's answer.
    pub a: String,
    /// Whether it is right, by exact match.
    pub a_right: bool,
    /// The other run's.
    pub b: String,
    /// Whether it is right.
    pub b_right: bool,
}

/// The answers shown.
#[derive(Debug, Default)]
pub struct Answers {
    /// What is wanted.
    pub asked: Asked,
    /// All instances that both runs answered.
    pub rows: Arc<Vec<AnswerRow>>,
    /// The places of those wanted.
    pub found: Arc<Vec<usize>>,
    /// Whether they are being read.
    pub busy: bool,
    /// Why there are none.
    pub error: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_admits_what_its_words_say() {
        let row = |a_right, b_right| AnswerRow {
            task: "t".into(),
            instance: "i".into(),
            references: vec!["yes".into()],
            a: if a_right { "yes" } else { "no" }.into(),
            a_right,
            b: if b_right { "yes" } else { "no" }.into(),
            b_right,
        };
        let admitted = |verdict: Verdict| {
            [(true, true), (true, false), (false, true), (false, false)].map(|(a, b)| verdict.admits(&row(a, b)))
        };
        assert_eq!(admitted(Verdict::All), [true; 4]);
        assert_eq!(admitted(Verdict::OnlyA), [false, true, false, false]);
        assert_eq!(admitted(Verdict::OnlyB), [false, false, true, false]);
        assert_eq!(admitted(Verdict::Neither), [false, false, false, true]);
        assert_eq!(admitted(Verdict::Different), [false, true, true, false]);
    }
}
