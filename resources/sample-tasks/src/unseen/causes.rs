//! Causes and effects of everyday events.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::people::PEOPLE;

pub const TASKS: &[Template] = &[
    Template {
        name: "cause_or_effect",
        category: "Cause Effect Classification",
        definition: "Two events, A and B, are given. Decide whether B is the \"cause\" of A or the \"effect\" of \
            A.",
        outputs: Outputs::Labels(&["cause", "effect"]),
        ask: cause_or_effect,
    },
    Template {
        name: "plausible_effect",
        category: "Cause Effect Classification",
        definition: "An event and two possible effects of it are given. Which effect is more plausible? Say first \
            or second.",
        outputs: Outputs::FIRST_SECOND,
        ask: plausible,
    },
];

/// A cause and its effect; braces take a name.
const PAIRS: &[(&str, &str)] = &[
    ("{} dropped the cup", "the cup of {} broke"),
    ("{} forgot the umbrella", "{} got wet in the rain"),
    ("{} trained every day", "{} won the race"),
    ("{} missed the bus", "{} came late to work"),
    ("{} told a joke", "the friends of {} laughed"),
    ("{} left the gate open", "the dog of {} ran away"),
    ("{} stepped on a nail", "the foot of {} hurt"),
    ("{} ate too much cake", "{} felt sick"),
    ("{} watered the seeds", "the flowers of {} grew"),
    ("{} worked all night", "{} fell asleep at the desk"),
    ("{} lost the key", "{} could not open the door"),
    ("{} played with matches", "the curtain of {} caught fire"),
];

fn cause_or_effect(draw: &mut Draw) -> Question {
    let name = draw.pick(&PEOPLE).name;
    let (cause, effect) = draw.pick(PAIRS);
    let (cause, effect) = (cause.replace("{}", name), effect.replace("{}", name));
    let asked_for_effect = draw.coin();
    let (label, a, b) = if asked_for_effect { ("effect", &cause, &effect) } else { ("cause", &effect, &cause) };
    let input = format!("A: {a}. B: {b}.");
    Question::labelled(input, label, format!("First {cause}, and therefore {effect}."))
}

fn plausible(draw: &mut Draw) -> Question {
    let name = draw.pick(&PEOPLE).name;
    let [(cause, effect), (_, strange)] =
        draw.several(PAIRS).map(|(a, b)| (a.replace("{}", name), b.replace("{}", name)));
    let right_first = draw.coin();
    let (one, other) = if right_first { (&effect, &strange) } else { (&strange, &effect) };
    let input = format!("Event: {cause}. First effect: {one}. Second effect: {other}.");
    Question::first_or_second(input, right_first, format!("When {cause}, one expects that {effect}."))
}
