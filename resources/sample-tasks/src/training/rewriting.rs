//! Sentences to be put in another way.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::actions::ACTIONS;
use crate::words::people::{PEOPLE, PROFESSIONS};
use crate::words::qualities::{COLOURS, QUALITIES};
use crate::words::sentence_case;

pub const TASKS: &[Template] = &[
    Template {
        name: "active_to_passive",
        category: "Paraphrasing",
        definition: "Turn the given sentence from the active into the passive voice. Keep its meaning and its \
            tense.",
        outputs: Outputs::Text,
        ask: passive,
    },
    Template {
        name: "join_with_because",
        category: "Sentence Composition",
        definition: "You are given what happened and the reason for it. Combine the two into one sentence that \
            uses the word \"because\".",
        outputs: Outputs::Text,
        ask: because,
    },
    Template {
        name: "drop_adjectives",
        category: "Sentence Compression",
        definition: "Shorten the sentence by leaving out all of its adjectives, those of colour included. Do not \
            change anything else.",
        outputs: Outputs::Text,
        ask: drop_adjectives,
    },
    Template {
        name: "polite_request",
        category: "Style Transfer",
        definition: "The input is a blunt order. Ask for the same thing politely.",
        outputs: Outputs::Text,
        ask: polite,
    },
    Template {
        name: "negate_sentence",
        category: "Sentence Perturbation",
        definition: "Negate the sentence, so that it says that the person did not do it.",
        outputs: Outputs::Text,
        ask: negate,
    },
    Template {
        name: "expand_contractions",
        category: "Paraphrasing",
        definition: "The sentence contains a contraction with an apostrophe, such as \"I'm\". Write the sentence \
            with the contraction expanded into full words.",
        outputs: Outputs::Text,
        ask: expand,
    },
];

fn passive(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let (agent, object) = (draw.pick(PROFESSIONS), draw.pick(action.objects));
    let input = format!("The {agent} {} the {object}.", action.verb.past);
    let turned = |subject: &str, by: &str| format!("The {subject} was {} by the {by}.", action.verb.participle);
    let reason = format!("What is acted on, the {object}, becomes the subject.");
    Question::open(input, &turned(object, agent), &turned(agent, object), reason)
}

/// What people did (braces take a name), and why.
const REASONS: &[(&str, &str)] = &[
    ("{} stayed at home", "it was raining"),
    ("{} opened the window", "the room was hot"),
    ("{} went to bed early", "the day had been long"),
    ("{} called the police", "the car was gone"),
    ("{} laughed", "the story was funny"),
    ("{} lit a candle", "the lamp was broken"),
    ("{} missed the train", "the road was blocked"),
    ("{} drank three glasses of water", "the soup was salty"),
    ("{} put on a coat", "the wind was cold"),
    ("{} sold the bike", "the rent was due"),
];

fn because(draw: &mut Draw) -> Question {
    let (effect, cause) = draw.pick(REASONS);
    let effect = effect.replace("{}", draw.pick(&PEOPLE).name);
    let input = format!("What happened: {effect}. Reason: {cause}.");
    let slip = format!("{} because {effect}.", sentence_case(cause));
    let reason = format!("The reason is that {cause}, so this part follows the word \"because\".");
    Question::open(input, &format!("{effect} because {cause}."), &slip, reason)
        .or(format!("Because {cause}, {effect}."))
}

fn drop_adjectives(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let (agent, object) = (draw.pick(PROFESSIONS), draw.pick(action.objects));
    let (quality, colour, verb) = (draw.pick(QUALITIES).word, draw.pick(COLOURS), action.verb.past);
    let input = format!("The {quality} {agent} {verb} the {colour} {object}.");
    let answer = format!("The {agent} {verb} the {object}.");
    let slip = format!("The {quality} {agent} {verb} the {object}.");
    Question::open(input, &answer, &slip, format!("The adjectives are \"{quality}\" and \"{colour}\"."))
}

const PLACES: &[&str] = &["", " now", " before dinner", " after work", " again", " for me", " tonight", " at once"];

fn polite(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let order = format!("{} the {}{}", action.verb.base, draw.pick(action.objects), draw.pick(PLACES));
    let input = format!("{}!", sentence_case(&order));
    let slip = format!("I order you to {order}!");
    let reason = "A polite person asks with \"please\" and does not order.".to_owned();
    Question::open(input, &format!("Could you please {order}?"), &slip, reason)
        .or(format!("Would you please {order}?"))
        .or(format!("Please {order}."))
}

fn negate(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let (name, object) = (draw.pick(&PEOPLE).name, draw.pick(action.objects));
    let base = action.verb.base;
    let input = format!("{name} {} the {object}.", action.verb.past);
    let slip = format!("{name} did {base} the {object}.");
    let reason = format!("After \"did not\" the verb takes its plain form, \"{base}\".");
    Question::open(input, &format!("{name} did not {base} the {object}."), &slip, reason)
        .or(format!("{name} didn't {base} the {object}."))
}

/// A contraction, its full form, and another that it does not stand for here.
const CONTRACTIONS: &[(&str, &str, &str)] = &[
    ("I'm", "I am", "I was"),
    ("We're", "We are", "We were"),
    ("They're", "They are", "They were"),
    ("She's", "She is", "She was"),
    ("He's", "He is", "He was"),
    ("You're", "You are", "You were"),
    ("It isn't me who is", "It is not me who is", "It was not me who is"),
    ("I won't stop", "I will not stop", "I would not stop"),
    ("They can't stop", "They cannot stop", "They could not stop"),
    ("We don't like", "We do not like", "We did not like"),
];

fn expand(draw: &mut Draw) -> Question {
    let (short, full, wrong) = draw.pick(CONTRACTIONS);
    let action = draw.pick(ACTIONS);
    let rest = format!("{} the {}.", action.verb.gerund, draw.pick(action.objects));
    let reason = format!("\"{short}\" is short for \"{full}\".");
    Question::open(format!("{short} {rest}"), &format!("{full} {rest}"), &format!("{wrong} {rest}"), reason)
}
