//! Causes and effects of everyday events.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::people::PEOPLE;

pub const TASKS: &[Template] = &[
    Template {
        name: "claimed_cause",
        category: "Cause Effect Classification",
        definition: "Two events, A and B, are given. It is claimed that A happened because of B. Output True if this is \
            plausible, and False if it is rather the other way round.",
        outputs: Outputs::TRUE_FALSE,
        ask: claimed_cause,
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

fn claimed_cause(draw: &mut Draw) -> Question {
    let name = draw.pick(&PEOPLE).name;
    let (cause, effect) = draw.pick(PAIRS);
    let (cause, effect) = (cause.replace("{}", name), effect.replace("{}", name));
    let holds = draw.coin();
    let (a, b) = if holds { (&effect, &cause) } else { (&cause, &effect) };
    let reason = format!("First {cause}, and therefore {effect}.");
    Question::true_or_false(format!("A: {a}. B: {b}."), holds, reason)
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
