//! What a task is before it has instances: a definition, an output space and a way to ask questions.

use crate::draw::Draw;

/// A task in the making; [`compose`](crate::compose::compose) draws its examples and instances.
pub struct Template {
    /// File name without its extension, `snake_case`.
    pub name: &'static str,
    /// The category of Super-NaturalInstructions that the task is filed under.
    pub category: &'static str,
    /// The instruction that a model reads; names every label of a classification task.
    pub definition: &'static str,
    /// The output space.
    pub outputs: Outputs,
    /// Draws one question, its right answer included. May ask the same twice: repeats are thrown away.
    pub ask: fn(&mut Draw) -> Question,
}

/// What the answers of a task may be.
#[derive(Clone, Copy)]
pub enum Outputs {
    /// Classification: one of two to six labels, each named in the definition.
    Labels(&'static [&'static str]),
    /// Generation: free text.
    Text,
}

impl Outputs {
    /// The labels of [`Question::yes_or_no`].
    pub const YES_NO: Outputs = Outputs::Labels(&["Yes", "No"]);
    /// The labels of [`Question::true_or_false`].
    pub const TRUE_FALSE: Outputs = Outputs::Labels(&["True", "False"]);
    /// The labels of [`Question::first_or_second`].
    pub const FIRST_SECOND: Outputs = Outputs::Labels(&["first", "second"]);
}

/// One question with everything needed to ask, answer, answer wrongly and explain it.
pub struct Question {
    /// The text put to the model.
    pub input: String,
    /// Right answers, the best first.
    pub answers: Vec<String>,
    /// A wrong answer of the right form; `None` where any other label is one.
    pub slip: Option<String>,
    /// One or two sentences that say why the answer is right.
    pub reason: String,
}

impl Question {
    /// A question of a classification task.
    pub fn labelled(input: String, label: &str, reason: String) -> Question {
        Question { input, answers: vec![label.to_owned()], slip: None, reason }
    }

    /// A question that is answered with Yes or No.
    pub fn yes_or_no(input: String, yes: bool, reason: String) -> Question {
        Question::labelled(input, if yes { "Yes" } else { "No" }, reason)
    }

    /// A claim that is True or False.
    pub fn true_or_false(input: String, holds: bool, reason: String) -> Question {
        Question::labelled(input, if holds { "True" } else { "False" }, reason)
    }

    /// A choice between the first and the second of two things.
    pub fn first_or_second(input: String, first: bool, reason: String) -> Question {
        Question::labelled(input, if first { "first" } else { "second" }, reason)
    }

    /// A question of a generation task; `slip` is a mistake that a hurried reader could make.
    pub fn open(input: String, answer: &str, slip: &str, reason: String) -> Question {
        Question { input, answers: vec![answer.to_owned()], slip: Some(slip.to_owned()), reason }
    }

    /// Adds another right answer, unless it is there already.
    pub fn or(mut self, answer: String) -> Question {
        if !self.answers.contains(&answer) {
            self.answers.push(answer);
        }
        self
    }
}
