//! Words that matter in a text.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::lists::{CITIES, WORDS};
use crate::words::people::PROFESSIONS;
use crate::words::qualities::COLOURS;
use crate::words::things::{ANIMALS, THINGS};
use crate::words::with_article;

pub const TASKS: &[Template] = &[
    Template {
        name: "shared_noun",
        category: "Overlap Extraction",
        definition: "You are given two sentences that have exactly one noun in common. Write this noun.",
        outputs: Outputs::Text,
        ask: shared,
    },
    Template {
        name: "advertisement_keyword",
        category: "Keyword Tagging",
        definition: "Tag a short advertisement with a keyword: the thing that it offers, without any further \
            detail.",
        outputs: Outputs::Text,
        ask: keyword,
    },
];

fn shared(draw: &mut Draw) -> Question {
    let (agent, animal) = (draw.pick(PROFESSIONS), draw.pick(ANIMALS).one);
    let [noun, other] = draw.several(WORDS);
    let first = format!("The {agent} {} the {noun}.", draw.pick(&["painted", "forgot", "liked", "described"]));
    let second = match draw.coin() {
        true => format!("A {} {animal} dreamed of the {noun}.", draw.pick(&["young", "lazy", "wild"])),
        false => format!("The {noun} and the {other} belonged to the {animal}."),
    };
    let reason = format!("Both sentences mention the {noun}, and no other noun is in both.");
    Question::open(format!("Sentence 1: {first} Sentence 2: {second}"), noun, agent, reason)
}

const OFFERS: &[&str] = &[
    "For sale: {T}, hardly used, to be fetched in {C}.",
    "Visit us in {C} and buy {T} for the price of a coffee.",
    "Who wants {T}? Free for anyone who comes to {C}.",
    "Our shop in {C} has {T} for you.",
];

fn keyword(draw: &mut Draw) -> Question {
    let (thing, colour, city) = (draw.pick(THINGS).one, draw.pick(COLOURS), draw.pick(CITIES));
    let phrase = with_article(&format!("{colour} {thing}"));
    let input = draw.pick(OFFERS).replace("{T}", &phrase).replace("{C}", city);
    Question::open(input, thing, city, format!("The advertisement offers {phrase}."))
}
