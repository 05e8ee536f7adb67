//! Forms of words: plurals, past tense, comparatives.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::actions::ACTIONS;
use crate::words::lists::{VENUES, in_words};
use crate::words::people::PEOPLE;
use crate::words::qualities::QUALITIES;
use crate::words::things::{THINGS, TRICKY_PLURALS};

pub const TASKS: &[Template] = &[
    Template {
        name: "plural_form",
        category: "Linguistic Probing",
        definition: "Complete the text by replacing the blank (_) with the plural of the noun that the first \
            sentence ends in.",
        outputs: Outputs::Text,
        ask: plural,
    },
    Template {
        name: "past_tense_form",
        category: "Linguistic Probing",
        definition: "Complete the text by replacing the blank (_) with the right form of the verb. The blank is \
            about yesterday.",
        outputs: Outputs::Text,
        ask: past,
    },
    Template {
        name: "comparative_form",
        category: "Linguistic Probing",
        definition: "Complete the sentence by replacing the blank (_) with the comparative of its adjective.",
        outputs: Outputs::Text,
        ask: comparative,
    },
];

fn plural(draw: &mut Draw) -> Question {
    let noun = if draw.number(1..=4) == 1 { draw.pick(THINGS) } else { draw.pick(TRICKY_PLURALS) };
    let person = draw.pick(&PEOPLE);
    let input = format!(
        "{} saw one {}. Then {} saw {} _.",
        person.name,
        noun.one,
        person.subject,
        in_words(draw.number(2..=9))
    );
    Question::open(input, noun.many, noun.one, format!("The plural of \"{}\" is \"{}\".", noun.one, noun.many))
}

fn past(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let (person, object) = (draw.pick(&PEOPLE), draw.pick(action.objects));
    let input =
        format!("Today {} {} the {object}. Yesterday {} _ it, too.", person.name, action.verb.third, person.subject);
    let reason = format!("The past tense of \"{}\" is \"{}\".", action.verb.base, action.verb.past);
    Question::open(input, action.verb.past, action.verb.gerund, reason)
}

fn comparative(draw: &mut Draw) -> Question {
    let quality = draw.pick(QUALITIES);
    let [first, second] = draw.several(VENUES);
    let input = format!("The man at the {first} is {}, but the one at the {second} is even _.", quality.word);
    let reason = format!("The comparative of \"{}\" is \"{}\".", quality.word, quality.more);
    Question::open(input, quality.more, quality.word, reason)
}
