//! Sentences to be put right, and questions to be made clear.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::actions::{ACTIONS, HABITS};
use crate::words::lists::{MONTHS, VENUES};
use crate::words::people::PEOPLE;
use crate::words::things::ANIMALS;

pub const TASKS: &[Template] = &[
    Template {
        name: "question_with_names",
        category: "Question Rewriting",
        definition: "Rewrite the question so that it can be understood without the sentence before it: put a name \
            or a noun in the place of each pronoun.",
        outputs: Outputs::Text,
        ask: question,
    },
    Template {
        name: "agreement_correction",
        category: "Grammar Error Correction",
        definition: "The verb of the sentence does not agree with its subject. Write the sentence with the right \
            form of the verb and leave the subject as it is.",
        outputs: Outputs::Text,
        ask: agreement,
    },
];

fn question(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let (person, object, base) = (draw.pick(&PEOPLE), draw.pick(action.objects), action.verb.base);
    let wh = draw.pick(&["Why", "Where", "How"]);
    let input = format!(
        "{} {} the {object} in {}. Question: {wh} did {} {base} it?",
        person.name,
        action.verb.past,
        draw.pick(MONTHS).0,
        person.subject
    );
    let slip = format!("{wh} did {} {base} the {object}?", person.subject);
    let reason = format!("\"{}\" is {} and \"it\" is the {object}.", person.subject, person.name);
    Question::open(input, &format!("{wh} did {} {base} the {object}?", person.name), &slip, reason)
}

fn agreement(draw: &mut Draw) -> Question {
    let (animal, habit, venue) = (draw.pick(ANIMALS), draw.pick(HABITS), draw.pick(VENUES));
    let (subject, right, wrong) = match draw.coin() {
        true => (animal.one, habit.third, habit.base),
        false => (animal.many, habit.base, habit.third),
    };
    let sentence = |verb: &str| format!("The {subject} often {verb} in the {venue}.");
    let reason = format!("With \"the {subject}\" one has to write \"{right}\".");
    Question::open(sentence(wrong), &sentence(right), &sentence(habit.gerund), reason)
}
