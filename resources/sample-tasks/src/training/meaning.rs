//! What words mean and what everybody knows of things.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::people::PEOPLE;
use crate::words::qualities::QUALITIES;
use crate::words::things::{ANIMAL_CLASSES, BY_SIZE};
use crate::words::{sentence_case, with_article};

pub const TASKS: &[Template] = &[
    Template {
        name: "animal_class",
        category: "Word Semantics",
        definition: "A sentence tells that somebody saw an animal. To which class does the animal belong? Answer \
            with one word: mammal, bird, fish, or insect.",
        outputs: Outputs::Labels(&["mammal", "bird", "fish", "insect"]),
        ask: animal_class,
    },
    Template {
        name: "synonyms_or_opposites",
        category: "Word Relation Classification",
        definition: "You are given two adjectives. If they mean nearly the same, the output is \"synonyms\"; if \
            they mean the contrary of each other, the output is \"opposites\".",
        outputs: Outputs::Labels(&["synonyms", "opposites"]),
        ask: synonyms,
    },
    Template {
        name: "size_claim",
        category: "Commonsense Classification",
        definition: "Given a claim about the usual sizes of two things, judge whether it is true or false. Output \
            True or False.",
        outputs: Outputs::TRUE_FALSE,
        ask: size,
    },
    Template {
        name: "larger_thing",
        category: "Commonsense Classification",
        definition: "Two things are named. Which of them is usually larger? Answer \"first\" or \"second\".",
        outputs: Outputs::FIRST_SECOND,
        ask: larger,
    },
    Template {
        name: "living_thing",
        category: "Word Semantics",
        definition: "Three words are given. Only one of them names an animal. Is it the first, the second, or the \
            third word?",
        outputs: Outputs::Labels(&["first", "second", "third"]),
        ask: living,
    },
    Template {
        name: "odd_one_out",
        category: "Word Semantics",
        definition: "The input is a list of four animals. Three of them are of the same class (mammals, birds, \
            fish, or insects) and one is not. Write down the animal that does not belong to the others.",
        outputs: Outputs::Text,
        ask: odd_one_out,
    },
    Template {
        name: "opposite_in_sentence",
        category: "Word Semantics",
        definition: "You are given a sentence and one adjective of it. Answer with an adjective of the contrary \
            meaning. One word is enough.",
        outputs: Outputs::Text,
        ask: opposite,
    },
    Template {
        name: "synonym_in_sentence",
        category: "Word Semantics",
        definition: "You are given a sentence and one adjective of it. Answer with another adjective that could \
            replace it without a change of meaning. One word is enough.",
        outputs: Outputs::Text,
        ask: synonym,
    },
];

const SIGHTINGS: &[&str] =
    &["on a walk", "on the way home", "in a film", "during the holidays", "in a picture", "near the lake"];

fn animal_class(draw: &mut Draw) -> Question {
    let (label, animals) = draw.pick(ANIMAL_CLASSES);
    let animal = with_article(draw.pick(animals));
    let input = format!("{} saw {animal} {}.", draw.pick(&PEOPLE).name, draw.pick(SIGHTINGS));
    let reason = format!("{animal} is {}.", with_article(label));
    Question::labelled(input, label, sentence_case(&reason))
}

fn synonyms(draw: &mut Draw) -> Question {
    let quality = draw.pick(QUALITIES);
    let (label, other, relation) = match draw.number(1..=4) {
        1 => ("synonyms", quality.synonyms[0], "means nearly the same as"),
        2 => ("synonyms", quality.synonyms[1], "means nearly the same as"),
        _ => ("opposites", quality.opposite, "is the contrary of"),
    };
    let (first, second) = if draw.coin() { (quality.word, other) } else { (other, quality.word) };
    let input = draw.pick(FRAMES).replacen("{}", first, 1).replacen("{}", second, 1);
    Question::labelled(input, label, format!("\"{first}\" {relation} \"{second}\"."))
}

/// Ways of putting two words before a reader.
const FRAMES: &[&str] =
    &["The pair is {}, {}.", "First word: {}. Second word: {}.", "The words are {} and {}.", "Compare {} with {}."];

fn size(draw: &mut Draw) -> Question {
    let [left, right] = draw.several(BY_SIZE);
    let (larger, smaller) = by_size(left, right);
    let says_larger = draw.coin();
    let claim = if says_larger { "larger" } else { "smaller" };
    let input = format!("{} is {claim} than {}.", with_article(left), with_article(right));
    let reason = format!("{} is larger than {}.", with_article(larger), with_article(smaller));
    Question::true_or_false(sentence_case(&input), (left == larger) == says_larger, sentence_case(&reason))
}

fn larger(draw: &mut Draw) -> Question {
    let [left, right] = draw.several(BY_SIZE);
    let (larger, smaller) = by_size(left, right);
    let input = draw.pick(FRAMES).replacen("{}", left, 1).replacen("{}", right, 1);
    let reason = format!("{} is larger than {}.", with_article(larger), with_article(smaller));
    Question::first_or_second(input, left == larger, sentence_case(&reason))
}

/// The two things, the larger one first.
fn by_size(one: &'static str, other: &'static str) -> (&'static str, &'static str) {
    let rank = |thing: &str| BY_SIZE.iter().position(|listed| *listed == thing);
    if rank(one) > rank(other) { (one, other) } else { (other, one) }
}

const LIFELESS: &[&str] = &[
    "anchor", "bench", "bottle", "bridge", "button", "carpet", "ladder", "mirror", "needle", "pencil", "pillow",
    "rocket", "spoon", "wheel",
];

fn living(draw: &mut Draw) -> Question {
    let (_, animals) = draw.pick(ANIMAL_CLASSES);
    let animal = draw.pick(animals);
    let [first, second, third] = draw.several(LIFELESS);
    let mut words = [first, second, third];
    let position = draw.number(0..=2);
    words[position] = animal;
    let input = format!("Words: {}.", words.join(", "));
    Question::labelled(
        input,
        ["first", "second", "third"][position],
        format!("Only {} is an animal.", with_article(animal)),
    )
}

fn odd_one_out(draw: &mut Draw) -> Question {
    let [(class, animals), (other, strangers)] = draw.several(ANIMAL_CLASSES);
    let stranger = draw.pick(strangers);
    let [a, b, c] = draw.several(animals);
    let mut list = [a, b, c, stranger];
    draw.shuffle(&mut list);
    let plural = |class: &str| if class == "fish" { "fish".to_owned() } else { format!("{class}s") };
    let reason = format!("The {stranger} is {}, all the others are {}.", with_article(other), plural(class));
    Question::open(format!("Animals: {}.", list.join(", ")), stranger, a, reason)
}

/// Sentences that suit every adjective, told of people or things alike.
const REMARKS: &[&str] = &[
    "The answer is \"{}\".",
    "Somebody said that it was {}.",
    "It seemed {} to us.",
    "They thought that it was very {}.",
    "Yesterday it was not {} at all.",
    "I never saw anything so {}.",
    "Everything here looks {}.",
    "How {} it is!",
    "She called it {}.",
];

fn opposite(draw: &mut Draw) -> Question {
    let quality = draw.pick(QUALITIES);
    let input = format!("{} Adjective: {}.", draw.pick(REMARKS).replace("{}", quality.word), quality.word);
    let reason = format!("The contrary of \"{}\" is \"{}\".", quality.word, quality.opposite);
    Question::open(input, quality.opposite, quality.synonyms[0], reason)
}

fn synonym(draw: &mut Draw) -> Question {
    let quality = draw.pick(QUALITIES);
    let input = format!("{} Adjective: {}.", draw.pick(REMARKS).replace("{}", quality.word), quality.word);
    let [first, second] = quality.synonyms;
    let reason = format!("\"{first}\" means nearly the same as \"{}\".", quality.word);
    Question::open(input, first, quality.opposite, reason).or(second.to_owned())
}
