//! What people do by what they say.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::people::PEOPLE;

pub const TASKS: &[Template] = &[
    Template {
        name: "dialogue_act",
        category: "Dialogue Act Recognition",
        definition: "You are given one turn of a conversation. Determine what the speaker does with it. The output \
            is one of: greeting, question, request, apology, farewell.",
        outputs: Outputs::Labels(&["greeting", "question", "request", "apology", "farewell"]),
        ask: act,
    },
    Template {
        name: "fitting_reply",
        category: "Dialogue Act Recognition",
        definition: "One speaker asks a question and another speaker replies. If the reply answers the question, \
            output True; if it answers some other question, output False.",
        outputs: Outputs::TRUE_FALSE,
        ask: reply,
    },
];

/// The act, what it is, and turns with a place for the name of the one spoken to.
const ACTS: &[(&str, &str, &[&str])] = &[
    ("greeting", "greets", &["Good morning, {}!", "Hello {}, nice to see you.", "Hi {}, welcome!"]),
    (
        "question",
        "wants to know something from",
        &["{}, what time is it?", "Where do you live, {}?", "How old is your son, {}?"],
    ),
    (
        "request",
        "wants something done by",
        &["{}, please hold my bag.", "Please give me the salt, {}.", "Help me with the door, {}, please."],
    ),
    (
        "apology",
        "says sorry to",
        &["I am so sorry, {}.", "Forgive me, {}, it was my fault.", "{}, I apologise for being late."],
    ),
    ("farewell", "says goodbye to", &["Goodbye, {}!", "See you tomorrow, {}.", "Good night, {}, sleep well."]),
];

fn act(draw: &mut Draw) -> Question {
    let (label, deed, turns) = draw.pick(ACTS);
    let [speaker, listener] = draw.several(&PEOPLE);
    let input = format!("{}: {}", speaker.name, draw.pick(turns).replace("{}", listener.name));
    Question::labelled(input, label, format!("{} {deed} {}.", speaker.name, listener.name))
}

/// Questions and what may be said in reply; no reply answers the question of another line.
const EXCHANGES: &[(&str, &[&str])] = &[
    (
        "Where do you live?",
        &["In a village near Oslo.", "Next to the old station.", "On the third floor of this house."],
    ),
    ("When do you get up?", &["At half past six.", "Before sunrise.", "As soon as the alarm rings."]),
    ("How did you come here?", &["By train.", "I took a taxi.", "On foot, through the park."]),
    ("What is your job?", &["I am a nurse.", "I teach history.", "I repair clocks."]),
    ("Why are you laughing?", &["Because you told a joke.", "Because your hat looks funny.", "Because I am so happy."]),
    ("How many children have you got?", &["Two girls.", "Just one son.", "Four, all of them grown up."]),
    ("What would you like to drink?", &["A glass of water.", "Black tea, please.", "Some apple juice."]),
    ("Who is your best friend?", &["My sister Clara.", "A boy called Ben.", "Our neighbour Ruth."]),
];

fn reply(draw: &mut Draw) -> Question {
    let [(question, fitting), (other, strange)] = draw.several(EXCHANGES);
    let [asker, speaker] = draw.several(&PEOPLE);
    let fits = draw.coin();
    let reply = draw.pick(if fits { fitting } else { strange });
    let input = format!("{}: {question} {}: {reply}", asker.name, speaker.name);
    match fits {
        true => Question::true_or_false(input, true, format!("\"{reply}\" tells {} what was asked.", asker.name)),
        false => Question::true_or_false(input, false, format!("\"{reply}\" would answer \"{other}\".")),
    }
}
