//! Tense, number, voice, agreement, word classes, pronouns and negation.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::actions::{ACTIONS, HABITS};
use crate::words::lists::{VENUES, WEEKDAYS};
use crate::words::people::{MEN, PEOPLE, PROFESSIONS, WOMEN};
use crate::words::qualities::{COLOURS, MANNERS, QUALITIES};
use crate::words::things::{ANIMALS, THINGS};

pub const TASKS: &[Template] = &[
    Template {
        name: "sentence_tense",
        category: "Linguistic Probing",
        definition: "In this task, you are given a sentence and you have to tell the tense of its verb: \"past\", \
            \"present\", or \"future\".",
        outputs: Outputs::Labels(&["past", "present", "future"]),
        ask: tense,
    },
    Template {
        name: "subject_number",
        category: "Linguistic Probing",
        definition: "Look at the subject of the sentence. Write \"singular\" if it stands for one animal and \
            \"plural\" if it stands for more than one.",
        outputs: Outputs::Labels(&["singular", "plural"]),
        ask: subject_number,
    },
    Template {
        name: "sentence_voice",
        category: "Linguistic Probing",
        definition: "Determine the voice of the given sentence. The output should be either \"active\" or \
            \"passive\".",
        outputs: Outputs::Labels(&["active", "passive"]),
        ask: voice,
    },
    Template {
        name: "verb_agreement",
        category: "Grammar Error Detection",
        definition: "A verb must agree with its subject in number. Say whether the sentence is \"acceptable\" or \
            \"unacceptable\" in this respect.",
        outputs: Outputs::Labels(&["acceptable", "unacceptable"]),
        ask: agreement,
    },
    Template {
        name: "word_class",
        category: "Pos Tagging",
        definition: "One word of the sentence stands between stars, like *this*. Give its part of speech. Choose \
            from noun, verb, adjective and adverb.",
        outputs: Outputs::Labels(&["noun", "verb", "adjective", "adverb"]),
        ask: word_class,
    },
    Template {
        name: "missing_possessive",
        category: "Fill in The Blank",
        definition: "Fill in the blank (_) of the sentence with the fitting word. It is always one of these three: \
            his, her, their.",
        outputs: Outputs::Labels(&["his", "her", "their"]),
        ask: possessive,
    },
    Template {
        name: "negation_detection",
        category: "Negation Detection",
        definition: "Read the sentence and find out whether it says that something happened or that it did not \
            happen. Label it \"affirmed\" or \"negated\".",
        outputs: Outputs::Labels(&["affirmed", "negated"]),
        ask: negation,
    },
];

fn tense(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let verb = action.verb;
    let (label, form) = match draw.number(1..=6) {
        1 | 2 => ("past", verb.past.to_owned()),
        3 => ("present", verb.third.to_owned()),
        4 => ("present", format!("is {}", verb.gerund)),
        5 => ("future", format!("will {}", verb.base)),
        _ => ("future", format!("is going to {}", verb.base)),
    };
    let input = format!("The {} {form} the {}.", draw.pick(PROFESSIONS), draw.pick(action.objects));
    Question::labelled(input, label, format!("The verb \"{form}\" is in the {label} tense."))
}

fn subject_number(draw: &mut Draw) -> Question {
    let (animal, habit) = (draw.pick(ANIMALS), draw.pick(HABITS));
    let one = draw.coin();
    let (label, subject) = if one { ("singular", animal.one) } else { ("plural", animal.many) };
    // The past form is the same for both numbers, so that only the subject gives the answer away.
    let input = format!("The {} {subject} {} near the {}.", draw.pick(COLOURS), habit.past, draw.pick(VENUES));
    let count = if one { "one animal" } else { "several animals" };
    Question::labelled(input, label, format!("The subject \"{subject}\" means {count}."))
}

fn voice(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let (agent, object) = (draw.pick(PROFESSIONS), draw.pick(action.objects));
    if draw.coin() {
        let input = format!("The {agent} {} the {object}.", action.verb.past);
        return Question::labelled(input, "active", format!("The subject, the {agent}, is the one who acts."));
    }
    let input = format!("The {object} was {} by the {agent}.", action.verb.participle);
    Question::labelled(input, "passive", format!("The subject, the {object}, is what the {agent} acts on."))
}

fn agreement(draw: &mut Draw) -> Question {
    let (animal, habit) = (draw.pick(ANIMALS), draw.pick(HABITS));
    let (one_subject, one_verb) = (draw.coin(), draw.coin());
    let subject = if one_subject { animal.one } else { animal.many };
    let verb = if one_verb { habit.third } else { habit.base };
    let label = if one_subject == one_verb { "acceptable" } else { "unacceptable" };
    let input = format!("The {subject} often {verb} in the {}.", draw.pick(VENUES));
    let right = if one_subject { habit.third } else { habit.base };
    Question::labelled(input, label, format!("With \"the {subject}\" one has to write \"{right}\"."))
}

fn word_class(draw: &mut Draw) -> Question {
    let quality = draw.pick(QUALITIES).word;
    let (agent, habit, manner) = (draw.pick(PROFESSIONS), draw.pick(HABITS).past, draw.pick(MANNERS));
    let classes = [("noun", agent), ("verb", habit), ("adjective", quality), ("adverb", manner)];
    let (label, marked) = draw.pick(&classes);
    let star = |word: &str| if word == marked { format!("*{word}*") } else { word.to_owned() };
    let input = format!("The {} {} {} {}.", star(quality), star(agent), star(habit), star(manner));
    let role = match label {
        "noun" => "names somebody",
        "verb" => "tells what somebody does",
        "adjective" => "tells what somebody is like",
        _ => "tells how something is done",
    };
    Question::labelled(input, label, format!("The word \"{marked}\" {role}."))
}

fn possessive(draw: &mut Draw) -> Question {
    let (woman, man) = (draw.pick(WOMEN).name, draw.pick(MEN).name);
    let (subject, label, owner) = match draw.number(1..=3) {
        1 => (man.to_owned(), "his", "a man"),
        2 => (woman.to_owned(), "her", "a woman"),
        _ => (format!("{woman} and {man}"), "their", "two people"),
    };
    let input = format!("{subject} left _ {} in the {}.", draw.pick(THINGS).many, draw.pick(VENUES));
    Question::labelled(input, label, format!("The owner, {subject}, is {owner}."))
}

fn negation(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let object = draw.pick(action.objects);
    let name = draw.pick(&PEOPLE).name;
    let (label, words, reason) = match draw.number(1..=4) {
        1 => ("affirmed", format!("{name} {}", action.verb.past), "happened"),
        2 => ("affirmed", format!("{name} finally {}", action.verb.past), "happened"),
        3 => ("negated", format!("{name} did not {}", action.verb.base), "did not happen"),
        _ => ("negated", format!("{name} never {}", action.verb.past), "did not happen"),
    };
    let input = format!("{words} the {object} on {}.", draw.pick(WEEKDAYS));
    Question::labelled(input, label, format!("According to the sentence it {reason}."))
}
