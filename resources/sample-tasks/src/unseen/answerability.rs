//! Whether a text holds the answer to a question.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::actions::ACTIONS;
use crate::words::lists::{CITIES, VENUES, WEEKDAYS};
use crate::words::people::{PEOPLE, PROFESSIONS};

pub const TASKS: &[Template] = &[
    Template {
        name: "answerable_question",
        category: "Answerability Classification",
        definition: "Given a text and a question, find out if the text contains the answer to the question. Write Yes \
            if it does and No if it does not.",
        outputs: Outputs::YES_NO,
        ask: answerable,
    },
    Template {
        name: "filled_field",
        category: "Answerability Classification",
        definition: "A form with three fields and a question are given. Can one answer the question with the help \
            of the form? Reply with Yes or No.",
        outputs: Outputs::YES_NO,
        ask: field,
    },
];

fn answerable(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let (agent, object) = (draw.pick(PROFESSIONS), draw.pick(action.objects));
    let (base, past) = (action.verb.base, action.verb.past);
    let tells_day = draw.coin();
    let told = if tells_day { format!("on {}", draw.pick(WEEKDAYS)) } else { format!("at the {}", draw.pick(VENUES)) };
    let asked = draw.pick(&["When", "Where"]);
    let input =
        format!("Text: The {agent} {past} the {object} {told}. Question: {asked} did the {agent} {base} the {object}?");
    let fact = if tells_day { "the day" } else { "the place" };
    let reason = format!("The text tells {fact}, and the question begins with \"{asked}\".");
    Question::yes_or_no(input, (asked == "When") == tells_day, reason)
}

const FIELDS: &[&str] = &["name", "city", "job", "age", "weekday", "venue"];

fn field(draw: &mut Draw) -> Question {
    let names = draw.list(FIELDS, 4);
    let asked = if draw.coin() { names[0] } else { names[3] };
    let mut filled = names[..3].to_vec();
    draw.shuffle(&mut filled);
    let lines: Vec<String> = filled.iter().map(|name| format!("{name}: {}", value(draw, name))).collect();
    let input = format!("Form: {}. Question: What is the {asked}?", lines.join(", "));
    Question::yes_or_no(input, filled.contains(&asked), format!("The form has the fields {}.", filled.join(", ")))
}

fn value(draw: &mut Draw, field: &str) -> String {
    match field {
        "name" => draw.pick(&PEOPLE).name.to_owned(),
        "city" => draw.pick(CITIES).to_owned(),
        "job" => draw.pick(PROFESSIONS).to_owned(),
        "age" => draw.number(18..=90).to_string(),
        "weekday" => draw.pick(WEEKDAYS).to_owned(),
        _ => draw.pick(VENUES).to_owned(),
    }
}
