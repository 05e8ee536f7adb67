//! Whom a pronoun stands for.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::lists::VENUES;
use crate::words::people::{MEN, Person, WOMEN};

pub const TASKS: &[Template] = &[
    Template {
        name: "pronoun_position",
        category: "Coreference Resolution",
        definition: "Two people are named in the sentence. Does the pronoun between the stars stand for the first \
            or for the second of them? Answer \"first\" or \"second\".",
        outputs: Outputs::FIRST_SECOND,
        ask: position,
    },
    Template {
        name: "pronoun_name",
        category: "Coreference Resolution",
        definition: "Find out for whom the pronoun between the stars stands, and answer with the name of this \
            person.",
        outputs: Outputs::Text,
        ask: name,
    },
];

/// The two people, in order, and which of them the starred pronoun means.
struct Reference {
    sentence: String,
    people: [Person; 2],
    meant: usize,
}

const SENTENCES: &[&str] = &[
    "{A} met {B} when *{P}* came out of the {V}.",
    "{A} called {B} because *{P}* was late at the {V}.",
    "{A} waited for {B} until *{P}* was ready to leave the {V}.",
    "{A} told {B} about the day that *{P}* had spent at the {V}.",
];

impl Reference {
    /// One woman and one man, so that the pronoun can mean only one of them.
    fn of(draw: &mut Draw) -> Reference {
        let mut people = [draw.pick(WOMEN), draw.pick(MEN)];
        draw.shuffle(&mut people);
        let meant = draw.number(0..=1);
        let sentence = draw
            .pick(SENTENCES)
            .replace("{A}", people[0].name)
            .replace("{B}", people[1].name)
            .replace("{P}", people[meant].subject)
            .replace("{V}", draw.pick(VENUES));
        Reference { sentence, people, meant }
    }

    fn reason(&self) -> String {
        let Person { name, subject, .. } = self.people[self.meant];
        format!("Of the two people only {name} is a \"{subject}\".")
    }
}

fn position(draw: &mut Draw) -> Question {
    let reference = Reference::of(draw);
    let reason = reference.reason();
    Question::first_or_second(reference.sentence, reference.meant == 0, reason)
}

fn name(draw: &mut Draw) -> Question {
    let reference = Reference::of(draw);
    let reason = reference.reason();
    let (meant, other) = (reference.people[reference.meant], reference.people[1 - reference.meant]);
    Question::open(reference.sentence, meant.name, other.name, reason)
}
