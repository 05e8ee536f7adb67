//! What a headline or a question is about.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::lists::CITIES;
use crate::words::people::PEOPLE;

pub const TASKS: &[Template] = &[
    Template {
        name: "headline_topic",
        category: "Text Categorization",
        definition: "Sort a newspaper headline into the right section. The sections are: sport, music, food, \
            travel, weather, money.",
        outputs: Outputs::Labels(&["sport", "music", "food", "travel", "weather", "money"]),
        ask: headline,
    },
    Template {
        name: "answer_type_of_question",
        category: "Question Understanding",
        definition: "You are given a question. Do not answer it, but tell what kind of thing its answer would be: \
            a person, a place, a time, a number, or a reason.",
        outputs: Outputs::Labels(&["person", "place", "time", "number", "reason"]),
        ask: answer_type,
    },
    Template {
        name: "sentence_type",
        category: "Text Categorization",
        definition: "The input is a sentence whose final punctuation mark is missing. Classify the sentence as a \
            \"statement\", a \"question\", or a \"command\".",
        outputs: Outputs::Labels(&["statement", "question", "command"]),
        ask: sentence_type,
    },
    Template {
        name: "comment_on_topic",
        category: "Text Matching",
        definition: "A reader left a comment below a headline. Output True when the comment is about the same \
            subject as the headline, and False when it is about another one.",
        outputs: Outputs::TRUE_FALSE,
        ask: on_topic,
    },
];

/// Section, headlines (a place takes the braces) and comments that fit.
type Section = (&'static str, &'static [&'static str], &'static [&'static str]);

const SECTIONS: &[Section] = &[
    (
        "sport",
        &[
            "{} wins the cup final",
            "Young swimmer breaks record in {}",
            "{} team loses at home",
            "Runner from {} takes gold",
            "Coach leaves {} football club",
        ],
        &["What a goal that was!", "The players fought hard.", "Our team deserved the medal."],
    ),
    (
        "music",
        &[
            "Choir from {} sings new songs",
            "Rock band plays in {}",
            "Old violin found in {}",
            "{} orchestra opens season",
            "Piano contest begins in {}",
        ],
        &["I have all their albums.", "The singer was a bit out of tune.", "I loved the drummer."],
    ),
    (
        "food",
        &[
            "{} chef bakes giant cake",
            "New cheese shop opens in {}",
            "The best soup of {}",
            "{} restaurant serves free lunch",
            "Bakers of {} share bread recipes",
        ],
        &["This makes me hungry.", "A pinch of salt would help.", "I cook it with more garlic."],
    ),
    (
        "travel",
        &[
            "Ten quiet hotels in {}",
            "Night trains to {} return",
            "{} airport gets new terminal",
            "A weekend guide to {}",
            "More tourists visit {}",
        ],
        &["I want to pack my suitcase now.", "We flew there last year.", "The beaches are worth the journey."],
    ),
    (
        "weather",
        &[
            "Heavy rain hits {}",
            "Snow expected in {}",
            "Sunny days ahead for {}",
            "Storm leaves {} without power",
            "Fog covers {} all morning",
        ],
        &["I should have taken an umbrella.", "It was freezing last night.", "The forecast was wrong again."],
    ),
    (
        "money",
        &[
            "{} bank cuts rates",
            "Rents rise in {}",
            "Taxes to fall in {}",
            "{} firm doubles its profit",
            "Prices of gold climb in {}",
        ],
        &["My savings are shrinking.", "Investors will be pleased.", "I cannot afford that loan."],
    ),
];

fn headline(draw: &mut Draw) -> Question {
    let (label, headlines, _) = draw.pick(SECTIONS);
    let input = format!("Headline: {}.", draw.pick(headlines).replace("{}", draw.pick(CITIES)));
    Question::labelled(input, label, format!("This is news about {label}."))
}

fn on_topic(draw: &mut Draw) -> Question {
    let [(topic, headlines, fitting), (other, _, strange)] = draw.several(SECTIONS);
    let same = draw.coin();
    let comment = draw.pick(if same { fitting } else { strange });
    let headline = draw.pick(headlines).replace("{}", draw.pick(CITIES));
    let input = format!("Headline: {headline}. Comment: {comment}");
    match same {
        true => Question::true_or_false(input, true, format!("Both are about {topic}.")),
        false => {
            Question::true_or_false(input, false, format!("The headline is about {topic}, the comment about {other}."))
        }
    }
}

const QUESTIONS: &[(&str, &[&str])] = &[
    ("person", &["Who {} {}", "Who was it that {} {}", "Which of the neighbours {} {}"]),
    (
        "place",
        &["Where was it that somebody {} {}", "In which town was the man who {} {}", "Where did she live who {} {}"],
    ),
    (
        "time",
        &[
            "When was it that somebody {} {}",
            "In which year was it that they {} {}",
            "On what day was it that he {} {}",
        ],
    ),
    ("number", &["How many people {} {}", "How many times was it that she {} {}", "How many of them {} {}"]),
    (
        "reason",
        &["Why was it that somebody {} {}", "For what cause was it that he {} {}", "Why was she angry when they {} {}"],
    ),
];

const DEEDS: &[(&str, &[&str])] = &[
    ("built", &["the tower", "the bridge", "the boat"]),
    ("found", &["the treasure", "the cave", "the lost dog"]),
    ("painted", &["the old barn", "the portrait", "the ceiling"]),
    ("sold", &["the farm", "the island", "the violin"]),
    ("opened", &["the gate", "the shop", "the safe"]),
    ("stole", &["the crown", "the bike", "the recipe"]),
];

fn answer_type(draw: &mut Draw) -> Question {
    let (label, forms) = draw.pick(QUESTIONS);
    let (verb, objects) = draw.pick(DEEDS);
    let form = draw.pick(forms);
    let input = format!("{}?", form.replacen("{}", verb, 1).replacen("{}", draw.pick(objects), 1));
    let (opening, _) = form.split_once(" {}").expect("every form has a place for the verb");
    Question::labelled(input, label, format!("A question with \"{opening}\" asks for a {label}."))
}

const ERRANDS: &[(&str, &str)] = &[
    ("close", "the window"),
    ("feed", "the cat"),
    ("answer", "the phone"),
    ("bring", "a chair"),
    ("wash", "the dishes"),
    ("water", "the roses"),
    ("open", "the door"),
    ("read", "the letter"),
    ("lock", "the garage"),
    ("clean", "the stairs"),
];

const WHEN: &[&str] = &["after lunch", "before noon", "in the evening", "on Monday", "this morning", "today"];

fn sentence_type(draw: &mut Draw) -> Question {
    let (verb, object) = draw.pick(ERRANDS);
    let (name, when) = (draw.pick(&PEOPLE).name, draw.pick(WHEN));
    let (label, input, reason) = match draw.number(1..=3) {
        1 => ("statement", format!("{name} wants to {verb} {object} {when}"), "It tells what somebody wants"),
        2 => ("question", format!("Did {name} {verb} {object} {when}"), "It asks whether something was done"),
        _ => (
            "command",
            format!("{}{verb} {object} {when}, {name}", draw.pick(&["Please ", "Now ", "Kindly "])),
            "It tells somebody to do something",
        ),
    };
    Question::labelled(input, label, format!("{reason}, so it is a {label}."))
}
