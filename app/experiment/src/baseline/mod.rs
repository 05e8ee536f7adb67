//! Baselines that need no model: what guessing, repeating and copying score.

mod guess;
#[cfg(test)]
mod tests;

pub use guess::{guess_needs_references, random_guess};

use crate::corpus::Question;
use crate::generation::Generation;
use crate::run_spec::RunKind;

/// The answers of a baseline that looks nothing up but the question; `None` for a kind that does not answer so.
///
/// A question without what the baseline answers with is left unanswered: generation tasks have no majority label, and a
/// task without examples has none to copy.
pub fn answers(kind: RunKind, questions: &[Question]) -> Option<Vec<Generation>> {
    let answer: fn(&Question) -> Option<&String> = match kind {
        RunKind::MajorityLabel => |question| question.majority_label.as_ref(),
        RunKind::CopyExample => |question| question.first_example_output.as_ref(),
        RunKind::CopyInput => |question| Some(&question.input),
        RunKind::FineTune | RunKind::Untuned | RunKind::RandomGuess => return None,
    };
    let answered = questions.iter().filter_map(|question| Some((question, answer(question)?)));
    Some(answered.map(|(question, prediction)| Generation::new(question, prediction.clone())).collect())
}
