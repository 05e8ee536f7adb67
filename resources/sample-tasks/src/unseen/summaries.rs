//! Titles of reports, and sentences made of data; each has several good answers.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::lists::{CITIES, FOODS, VENUES, WEEKDAYS};
use crate::words::sentence_case;

pub const TASKS: &[Template] = &[
    Template {
        name: "report_title",
        category: "Title Generation",
        definition: "Write a title of a few words for the given report. It should say what happened and where.",
        outputs: Outputs::Text,
        ask: title,
    },
    Template {
        name: "restaurant_description",
        category: "Data to Text",
        definition: "Describe a restaurant in one sentence. Mention all the data that are given, and nothing more.",
        outputs: Outputs::Text,
        ask: restaurant,
    },
];

/// What happened to a place: past tense, headline verb, and a sentence that follows.
const NEWS: &[(&str, &str, &str)] = &[
    ("opened its doors", "opens", "Hundreds of people came on the first day."),
    ("closed for good", "closes", "Many people were sad about it."),
    ("moved to a larger building", "moves", "There is more room for visitors now."),
    ("won a prize", "wins prize", "The staff celebrated until midnight."),
    ("burned down", "burns down", "Nobody was hurt."),
];

fn title(draw: &mut Draw) -> Question {
    let (happened, verb, detail) = draw.pick(NEWS);
    let [city, elsewhere] = draw.several(CITIES);
    let (venue, day) = (draw.pick(VENUES), draw.pick(WEEKDAYS));
    let input = format!("On {day} the {venue} in {city} {happened}. {detail}");
    let titled = |city: &str| format!("{} in {city} {verb}", sentence_case(venue));
    let reason = format!("The title names the {venue}, {city}, and what happened.");
    Question::open(input, &titled(city), &titled(elsewhere), reason).or(format!("{city}: {venue} {verb}"))
}

const FIRST: &[&str] = &["Blue", "Golden", "Little", "Old", "Quiet", "Red", "Silver", "Green"];
const SECOND: &[&str] = &["Anchor", "Door", "Garden", "Lantern", "Spoon", "Table", "Tower", "Fox"];

fn restaurant(draw: &mut Draw) -> Question {
    let name = format!("{} {}", draw.pick(FIRST), draw.pick(SECOND));
    let [food, other] = draw.several(FOODS);
    let (venue, cheap) = (draw.pick(VENUES), draw.coin());
    let (price, adjective) = if cheap { ("low", "cheap") } else { ("high", "expensive") };
    let input = format!("name: {name}, food: {food}, near: {venue}, price: {price}");
    let described = |food: &str| format!("The {name} near the {venue} serves {adjective} {food}.");
    let reason = format!("The price is {price}, so the {food} is {adjective}; name and place are as given.");
    Question::open(input, &described(food), &described(other), reason)
        .or(format!("The {name} is a restaurant near the {venue} with {adjective} {food}."))
        .or(format!("Near the {venue} the {name} offers {adjective} {food}."))
}
