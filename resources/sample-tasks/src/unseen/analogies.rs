//! One word is to another as a third is to which?

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::qualities::QUALITIES;

pub const TASKS: &[Template] = &[
    Template {
        name: "opposite_analogy",
        category: "Word Analogy",
        definition: "An analogy relates two pairs of words in the same way. Complete an analogy whose pairs \
            consist of adjectives with contrary meanings. Replace the question mark by one word.",
        outputs: Outputs::Text,
        ask: opposites,
    },
    Template {
        name: "world_analogy",
        category: "Word Analogy",
        definition: "An analogy relates two pairs of words in the same way. Look at how the words of the first \
            pair are related, and replace the question mark in the second pair by the fitting word.",
        outputs: Outputs::Text,
        ask: world,
    },
];

fn opposites(draw: &mut Draw) -> Question {
    let [first, second] = draw.several(QUALITIES);
    let input = format!("{} : {}. {} : ?", first.word, first.opposite, second.word);
    let reason = format!("\"{}\" is the contrary of \"{}\".", second.opposite, second.word);
    Question::open(input, second.opposite, second.synonyms[0], reason)
}

/// How the second word of a pair is related to the first, and the pairs.
const RELATIONS: &[(&str, &[(&str, &str)])] = &[
    (
        "names the capital of",
        &[
            ("Austria", "Vienna"),
            ("Cuba", "Havana"),
            ("Egypt", "Cairo"),
            ("France", "Paris"),
            ("Greece", "Athens"),
            ("Ireland", "Dublin"),
            ("Italy", "Rome"),
            ("Kenya", "Nairobi"),
            ("Norway", "Oslo"),
            ("Peru", "Lima"),
        ],
    ),
    (
        "names the young of",
        &[
            ("cat", "kitten"),
            ("cow", "calf"),
            ("dog", "puppy"),
            ("duck", "duckling"),
            ("goat", "kid"),
            ("goose", "gosling"),
            ("hen", "chick"),
            ("horse", "foal"),
            ("lion", "cub"),
            ("sheep", "lamb"),
        ],
    ),
    (
        "names the working place of",
        &[
            ("baker", "bakery"),
            ("cook", "kitchen"),
            ("doctor", "hospital"),
            ("farmer", "farm"),
            ("judge", "court"),
            ("librarian", "library"),
            ("sailor", "ship"),
            ("teacher", "school"),
        ],
    ),
    (
        "names the sound of",
        &[
            ("bee", "buzz"),
            ("cat", "meow"),
            ("cow", "moo"),
            ("dog", "bark"),
            ("duck", "quack"),
            ("frog", "croak"),
            ("lion", "roar"),
            ("owl", "hoot"),
        ],
    ),
];

fn world(draw: &mut Draw) -> Question {
    let (relation, pairs) = draw.pick(RELATIONS);
    let [(first, its), (second, answer), (_, slip)] = draw.several(pairs);
    let input = format!("{first} : {its}. {second} : ?");
    Question::open(
        input,
        answer,
        slip,
        format!("The second word {relation} the first one, so \"{second}\" takes \"{answer}\"."),
    )
}
