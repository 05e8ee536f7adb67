//! Dates, times of day and units of measurement.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::lists::{EVENTS, MONTHS, VENUES, WEEKDAYS};
use crate::words::people::PEOPLE;

pub const TASKS: &[Template] = &[
    Template {
        name: "season_of_date",
        category: "Temporal Reasoning",
        definition: "Tell the season in which an event takes place. Spring lasts from March to May, summer from \
            June to August, autumn from September to November, and winter from December to February. Output one of \
            spring, summer, autumn, winter.",
        outputs: Outputs::Labels(&["spring", "summer", "autumn", "winter"]),
        ask: season,
    },
    Template {
        name: "earlier_event",
        category: "Temporal Reasoning",
        definition: "Two events of the same year are given with their dates. Find out which of them takes place \
            earlier, the first or the second one.",
        outputs: Outputs::FIRST_SECOND,
        ask: earlier,
    },
    Template {
        name: "weekend_event",
        category: "Temporal Reasoning",
        definition: "Saturday and Sunday make up the weekend; every other day belongs to the working week. Does \
            the event take place on a weekend? Answer Yes or No.",
        outputs: Outputs::YES_NO,
        ask: weekend,
    },
    Template {
        name: "date_rewriting",
        category: "Paraphrasing",
        definition: "Rewrite a date from the form year-month-day so that it reads well: the day as a number \
            without a leading zero, the name of the month, and the year.",
        outputs: Outputs::Text,
        ask: rewrite_date,
    },
    Template {
        name: "clock_conversion",
        category: "Temporal Reasoning",
        definition: "Find the time of day in the sentence and convert it from the clock of 24 hours to the clock \
            of 12 hours. Write am for the hours before noon and pm for the others.",
        outputs: Outputs::Text,
        ask: clock,
    },
    Template {
        name: "unit_conversion",
        category: "Mathematics",
        definition: "Convert the quantity in the sentence into the unit that stands in brackets. Write down the \
            number and the new unit.",
        outputs: Outputs::Text,
        ask: unit,
    },
];

/// A day of the year: the month counted from zero, and the day counted from one.
fn date(draw: &mut Draw) -> (usize, usize) {
    let month = draw.number(0..=11);
    (month, draw.number(1..=MONTHS[month].1))
}

fn spoken((month, day): (usize, usize)) -> String {
    format!("{day} {}", MONTHS[month].0)
}

fn season(draw: &mut Draw) -> Question {
    let when = date(draw);
    let label = match when.0 {
        2..=4 => "spring",
        5..=7 => "summer",
        8..=10 => "autumn",
        _ => "winter",
    };
    let input = format!("The {} takes place on {}.", draw.pick(EVENTS), spoken(when));
    Question::labelled(input, label, format!("{} is a month of {label}.", MONTHS[when.0].0))
}

fn earlier(draw: &mut Draw) -> Question {
    let [first, second] = draw.several(EVENTS);
    let (one, other) = loop {
        let (one, other) = (date(draw), date(draw));
        if one != other {
            break (one, other);
        }
    };
    let input = format!("First event: {first} on {}. Second event: {second} on {}.", spoken(one), spoken(other));
    let reason = format!("{} comes before {}.", spoken(one.min(other)), spoken(one.max(other)));
    Question::first_or_second(input, one < other, reason)
}

fn weekend(draw: &mut Draw) -> Question {
    let day = draw.pick(WEEKDAYS);
    let free = day.starts_with('S');
    let input = format!("The {} at the {} is on {day}.", draw.pick(EVENTS), draw.pick(VENUES));
    let place = if free { "the weekend" } else { "the working week" };
    Question::yes_or_no(input, free, format!("{day} belongs to {place}."))
}

fn rewrite_date(draw: &mut Draw) -> Question {
    let (month, day) = date(draw);
    let year = draw.number(1950..=2049);
    let input = format!("{} was dated {year}-{:02}-{day:02}.", draw.pick(DOCUMENTS), month + 1);
    let answer = format!("{} {year}", spoken((month, day)));
    let slip = format!("{day} {} {year}", MONTHS[(month + 1) % 12].0);
    Question::open(input, &answer, &slip, format!("Month {} is {}.", month + 1, MONTHS[month].0))
}

const DOCUMENTS: &[&str] = &["The letter", "The bill", "The contract", "The photo", "The ticket", "The report"];

fn clock(draw: &mut Draw) -> Question {
    let (hour, minute) = (draw.number(0..=23), draw.number(0..=11) * 5);
    let half = if hour < 12 { "am" } else { "pm" };
    let wrong_half = if hour < 12 { "pm" } else { "am" };
    let short = format!("{}:{minute:02}", if hour.is_multiple_of(12) { 12 } else { hour % 12 });
    let input = format!("{}'s {} begins at {hour:02}:{minute:02}.", draw.pick(&PEOPLE).name, draw.pick(EVENTS));
    let reason = match hour {
        0..12 => format!("{hour:02}:{minute:02} is before noon."),
        _ => format!("{hour:02}:{minute:02} is not before noon."),
    };
    Question::open(input, &format!("{short} {half}"), &format!("{short} {wrong_half}"), reason)
}

/// What is measured (braces take the quantity), the unit, the smaller unit, and how many of them it has.
const MEASURES: &[(&str, &str, &str, usize)] = &[
    ("The rope is {} long", "metres", "centimetres", 100),
    ("The path is {} long", "kilometres", "metres", 1000),
    ("The bag weighs {}", "kilograms", "grams", 1000),
    ("The trip took {}", "hours", "minutes", 60),
    ("The song lasts {}", "minutes", "seconds", 60),
    ("The storm lasted {}", "days", "hours", 24),
    ("The holidays last {}", "weeks", "days", 7),
    ("The bucket holds {}", "litres", "millilitres", 1000),
];

fn unit(draw: &mut Draw) -> Question {
    let (phrase, large, small, factor) = draw.pick(MEASURES);
    let quantity = draw.number(2..=60);
    let input = format!("{} ({small}).", phrase.replace("{}", &format!("{quantity} {large}")));
    let answer = format!("{} {small}", quantity * factor);
    let slip = format!("{} {small}", quantity * factor * 10);
    Question::open(input, &answer, &slip, format!("{quantity} times {factor} is {}.", quantity * factor))
}
