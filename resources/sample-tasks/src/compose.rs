//! Turns a template into a task: draws examples and instances that are balanced over the labels and never the same.

use std::collections::BTreeSet;

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};

/// Instances of every task.
pub const INSTANCES: usize = 150;
/// Positive examples of every task, and as many negative ones.
pub const EXAMPLES: usize = 3;
/// Questions thrown away in a row before a grammar counts as exhausted.
const PATIENCE: usize = 10_000;

/// A finished task.
pub struct Task {
    /// What it was made from.
    pub template: &'static Template,
    /// Shown with their right answers.
    pub positive: Vec<Question>,
    /// Shown with a wrong answer; every one has a slip.
    pub negative: Vec<Question>,
    /// What models are trained and tested on.
    pub instances: Vec<Question>,
}

/// Draws a whole task.
///
/// # Panics
/// If the template's grammar is too small for so many different questions; its author has to enlarge it.
pub fn compose(template: &'static Template) -> Task {
    let mut composer = Composer { template, draw: Draw::for_task(template.name), asked: BTreeSet::new() };
    Task {
        template,
        positive: composer.balanced(EXAMPLES),
        negative: composer.balanced(EXAMPLES).into_iter().map(|question| composer.with_slip(question)).collect(),
        instances: composer.balanced(INSTANCES),
    }
}

struct Composer {
    template: &'static Template,
    draw: Draw,
    asked: BTreeSet<String>,
}

impl Composer {
    /// New questions; any first n of them hold every label equally often, give or take one.
    fn balanced(&mut self, count: usize) -> Vec<Question> {
        let mut questions = Vec::with_capacity(count);
        while questions.len() < count {
            for label in self.round() {
                questions.push(self.fresh(label));
            }
        }
        questions.truncate(count);
        questions
    }

    /// Each label once, in random order; for free text one question with any answer.
    fn round(&mut self) -> Vec<Option<&'static str>> {
        let Outputs::Labels(labels) = self.template.outputs else { return vec![None] };
        let mut round: Vec<_> = labels.iter().copied().map(Some).collect();
        self.draw.shuffle(&mut round);
        round
    }

    /// A question that was never asked before and has the wanted answer.
    fn fresh(&mut self, label: Option<&str>) -> Question {
        for _ in 0..PATIENCE {
            let question = (self.template.ask)(&mut self.draw);
            let wanted = label.is_none_or(|label| question.answers == [label]);
            if wanted && self.asked.insert(question.input.clone()) {
                return question;
            }
        }
        panic!("too few different questions with the answer {label:?}: enlarge the grammar of `{}`", self.template.name)
    }

    /// The question with a wrong label where it has no wrong answer of its own.
    fn with_slip(&mut self, mut question: Question) -> Question {
        if let Outputs::Labels(labels) = self.template.outputs {
            let wrong: Vec<_> = labels.iter().copied().filter(|label| *label != question.answers[0]).collect();
            question.slip = Some(self.draw.pick(&wrong).to_owned());
        }
        question
    }
}
