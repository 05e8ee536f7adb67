//! Four questions about one kind of note, so that only the instruction tells which answer is wanted.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::lists::CITIES;
use crate::words::people::{PEOPLE, SURNAMES};

pub const TASKS: &[Template] = &[
    Template {
        name: "traveller_extraction",
        category: "Information Extraction",
        definition: "You are given a note about a journey. Extract the full name of the person who travels.",
        outputs: Outputs::Text,
        ask: traveller,
    },
    Template {
        name: "destination_extraction",
        category: "Information Extraction",
        definition: "You are given a note about a journey. Extract the city where the journey ends.",
        outputs: Outputs::Text,
        ask: destination,
    },
    Template {
        name: "origin_extraction",
        category: "Information Extraction",
        definition: "You are given a note about a journey. Extract the city from which the person sets out.",
        outputs: Outputs::Text,
        ask: origin,
    },
    Template {
        name: "arrival_time_extraction",
        category: "Information Extraction",
        definition: "You are given a note about a journey. Extract the time at which the person arrives.",
        outputs: Outputs::Text,
        ask: arrival,
    },
];

/// A journey, and a note that tells of it.
struct Journey {
    note: String,
    traveller: String,
    host: String,
    cities: [&'static str; 2],
    times: [String; 2],
}

impl Journey {
    fn of(draw: &mut Draw) -> Journey {
        let ([one, other], [surname, host]) = (draw.several(&PEOPLE), draw.several(SURNAMES));
        let (traveller, host) = (format!("{} {surname}", one.name), format!("{} {host}", other.name));
        let cities: [&str; 2] = draw.several(CITIES);
        let hours = [draw.number(6..=12), draw.number(13..=22)];
        let times = hours.map(|hour| format!("{hour}:{}", draw.pick(&["05", "10", "20", "30", "45", "55"])));
        let ([from, to], [leaves, arrives]) = (cities, &times);
        let note = match draw.coin() {
            true => format!("{traveller} leaves {from} at {leaves} and reaches {to} at {arrives}, where {host} waits."),
            false => {
                format!("At {arrives} {host} will meet {traveller} in {to}; the train departs from {from} at {leaves}.")
            }
        };
        Journey { note, traveller, host, cities, times }
    }
}

fn traveller(draw: &mut Draw) -> Question {
    let Journey { note, traveller, host, .. } = Journey::of(draw);
    let reason = format!("{traveller} is on the way, while {host} waits for the train.");
    Question::open(note, &traveller, &host, reason)
}

fn destination(draw: &mut Draw) -> Question {
    let Journey { note, cities: [from, to], .. } = Journey::of(draw);
    Question::open(note, to, from, format!("The journey goes from {from} to {to}."))
}

fn origin(draw: &mut Draw) -> Question {
    let Journey { note, cities: [from, to], .. } = Journey::of(draw);
    Question::open(note, from, to, format!("The journey goes from {from} to {to}."))
}

fn arrival(draw: &mut Draw) -> Question {
    let Journey { note, times: [leaves, arrives], .. } = Journey::of(draw);
    let reason = format!("{leaves} is when the journey begins and {arrives} when it ends.");
    Question::open(note, &arrives, &leaves, reason)
}
