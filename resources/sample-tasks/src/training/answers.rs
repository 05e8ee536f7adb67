//! Questions about tiny stories, and questions to be asked about a sentence.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::actions::ACTIONS;
use crate::words::lists::{ROOMS, WEEKDAYS};
use crate::words::people::{PEOPLE, PROFESSIONS};
use crate::words::qualities::COLOURS;
use crate::words::things::THINGS;

pub const TASKS: &[Template] = &[
    Template {
        name: "who_has_it",
        category: "Question Answering",
        definition: "Read the story and answer the question after it with the name of a person.",
        outputs: Outputs::Text,
        ask: who_has,
    },
    Template {
        name: "where_is_it",
        category: "Question Answering",
        definition: "Read the story, in which a person walks through a house, and answer the question after it. A \
            phrase of two or three words will do.",
        outputs: Outputs::Text,
        ask: where_is,
    },
    Template {
        name: "colour_of_thing",
        category: "Question Answering",
        definition: "Read the description and answer the question about the colour of one of the things with a \
            single word.",
        outputs: Outputs::Text,
        ask: colour,
    },
    Template {
        name: "question_for_answer",
        category: "Question Generation",
        definition: "You are given a sentence and a part of it. Write a question about the sentence that has this \
            part as its answer.",
        outputs: Outputs::Text,
        ask: question_for,
    },
];

fn who_has(draw: &mut Draw) -> Question {
    let [one, other] = draw.several(&PEOPLE);
    let [first, second] = draw.several(THINGS);
    let (owner, stranger, thing) = if draw.coin() { (one, other, first) } else { (other, one, second) };
    let verb = draw.pick(&["carries", "owns", "holds", "has"]);
    let input = format!(
        "{} {verb} the {}. {} {verb} the {}. Question: Who has the {}?",
        one.name, first.one, other.name, second.one, thing.one
    );
    let reason = format!("According to the story, {} {verb} the {}.", owner.name, thing.one);
    Question::open(input, owner.name, stranger.name, reason)
}

fn where_is(draw: &mut Draw) -> Question {
    let person = draw.pick(&PEOPLE);
    let [before, now] = draw.several(ROOMS);
    let input = format!(
        "{} was in the {before}. Then {} went to the {now}. Question: Where is {} now?",
        person.name, person.subject, person.name
    );
    let reason = format!("{} left the {before} for the {now}.", person.name);
    Question::open(input, &format!("in the {now}"), &format!("in the {before}"), reason).or(format!("the {now}"))
}

fn colour(draw: &mut Draw) -> Question {
    let [first, second] = draw.several(THINGS);
    let [one, other] = draw.several(COLOURS);
    let (asked, right, wrong) = if draw.coin() { (first, one, other) } else { (second, other, one) };
    let input = format!(
        "The {} is {one} and the {} is {other}. Question: What is the colour of the {}?",
        first.one, second.one, asked.one
    );
    Question::open(input, right, wrong, format!("The text calls the {} {right}.", asked.one))
}

fn question_for(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let (agent, object, day) = (draw.pick(PROFESSIONS), draw.pick(action.objects), draw.pick(WEEKDAYS));
    let (base, past) = (action.verb.base, action.verb.past);
    let who = (format!("the {agent}"), format!("Who {past} the {object} on {day}?"));
    let what = (format!("the {object}"), format!("What did the {agent} {base} on {day}?"));
    let when = (format!("on {day}"), format!("When did the {agent} {base} the {object}?"));
    let [(part, question), (other, slip)] = draw.several(&[&who, &what, &when]);
    let input = format!("Sentence: The {agent} {past} the {object} on {day}. Answer: {part}.");
    let reason = format!("The answer to \"{slip}\" would be \"{other}\".");
    Question::open(input, question, slip, reason)
}
