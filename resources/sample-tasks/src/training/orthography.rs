//! Letters: spelling, endings, alphabetical order and acronyms.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::actions::ACTIONS;
use crate::words::lists::{CITIES, RHYMES, WORDS};
use crate::words::people::{PEOPLE, PROFESSIONS};

pub const TASKS: &[Template] = &[
    Template {
        name: "spelling_check",
        category: "Spelling Error Detection",
        definition: "Is there a misspelled word in the sentence? If there is one, answer Yes; if every word is \
            spelled well, answer No.",
        outputs: Outputs::YES_NO,
        ask: spelling,
    },
    Template {
        name: "same_ending",
        category: "Text Matching",
        definition: "You are given two words. Are their last three letters the same? Answer Yes or No.",
        outputs: Outputs::YES_NO,
        ask: same_ending,
    },
    Template {
        name: "alphabetical_order_check",
        category: "Program Execution",
        definition: "A list of words is claimed to be in alphabetical order. Output True when it is and False when \
            it is not.",
        outputs: Outputs::TRUE_FALSE,
        ask: order_check,
    },
    Template {
        name: "longer_word",
        category: "Program Execution",
        definition: "Count the letters of the two given words. Which word is longer, the first or the second?",
        outputs: Outputs::FIRST_SECOND,
        ask: longer,
    },
    Template {
        name: "spell_last_word",
        category: "Program Execution",
        definition: "Spell the last word of the sentence: write its letters one by one with a blank between them.",
        outputs: Outputs::Text,
        ask: spell,
    },
    Template {
        name: "acronym",
        category: "Program Execution",
        definition: "You are given the full name of an organisation. Form its acronym from the first letters of \
            all its words, in upper case and without blanks.",
        outputs: Outputs::Text,
        ask: acronym,
    },
];

fn spelling(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let (agent, object) = (draw.pick(PROFESSIONS), draw.pick(action.objects));
    let wrong = with_doubled_letter(draw, agent);
    let slipped = draw.coin();
    let written = if slipped { &wrong } else { agent };
    let input = format!("The {written} {} the {object}.", action.verb.past);
    match slipped {
        true => Question::yes_or_no(input, true, format!("\"{wrong}\" should be spelled \"{agent}\".")),
        false => Question::yes_or_no(input, false, "All words of the sentence are spelled well.".to_owned()),
    }
}

/// The word with one of its inner letters written twice.
fn with_doubled_letter(draw: &mut Draw, word: &str) -> String {
    let position = draw.number(1..=word.len() - 2);
    let (head, tail) = word.split_at(position);
    format!("{head}{}{tail}", &tail[..1])
}

fn same_ending(draw: &mut Draw) -> Question {
    let [group, other] = draw.several(RHYMES);
    let [first, second] = draw.several(group);
    let second = if draw.coin() { second } else { draw.pick(other) };
    let ending = |word: &'static str| &word[word.len() - 3..];
    let input = draw.pick(&["First word: {}. Second word: {}.", "The words are {} and {}.", "Words: {}, {}."]);
    let input = input.replacen("{}", first, 1).replacen("{}", second, 1);
    let reason = format!("\"{first}\" ends in \"{}\" and \"{second}\" in \"{}\".", ending(first), ending(second));
    Question::yes_or_no(input, ending(first) == ending(second), reason)
}

fn order_check(draw: &mut Draw) -> Question {
    let count = draw.number(3..=5);
    let mut words = draw.list(WORDS, count);
    words.sort_unstable();
    if draw.coin() {
        words.swap(0, count - 1);
    }
    let input = format!("List: {}.", words.join(", "));
    match words.array_windows().find(|[word, next]| word > next) {
        None => Question::true_or_false(input, true, "Each word comes after the one before it.".to_owned()),
        Some([word, next]) => {
            Question::true_or_false(input, false, format!("\"{next}\" should come before \"{word}\"."))
        }
    }
}

fn longer(draw: &mut Draw) -> Question {
    let first = draw.pick(WORDS);
    let others: Vec<_> = WORDS.iter().copied().filter(|word| word.len() != first.len()).collect();
    let second = draw.pick(&others);
    let input = format!("First word: {first}. Second word: {second}.");
    let reason = format!("\"{first}\" has {} letters and \"{second}\" has {}.", first.len(), second.len());
    Question::first_or_second(input, first.len() > second.len(), reason)
}

fn spell(draw: &mut Draw) -> Question {
    let word = draw.pick(WORDS);
    let letters: Vec<String> = word.chars().map(String::from).collect();
    let backwards: Vec<String> = word.chars().rev().map(String::from).collect();
    let deed =
        draw.pick(&["wrote about the", "dreamed of the", "looked for the", "talked about the", "pointed at the"]);
    let input = format!("{} {deed} {word}.", draw.pick(&PEOPLE).name);
    let reason = format!("These are the {} letters of \"{word}\" from left to right.", letters.len());
    Question::open(input, &letters.join(" "), &backwards.join(" "), reason)
}

const ATTRIBUTES: &[&str] =
    &["Blue", "Central", "Free", "Golden", "Junior", "National", "Open", "Royal", "United", "Young"];
const FIELDS: &[&str] = &["Art", "Chess", "Dance", "Energy", "Film", "History", "Music", "Rowing", "Science", "Travel"];
const BODIES: &[&str] =
    &["Academy", "Club", "Fund", "Institute", "League", "Office", "Society", "Team", "Union", "Workshop"];

fn acronym(draw: &mut Draw) -> Question {
    let mut words = vec![draw.pick(ATTRIBUTES), draw.pick(FIELDS), draw.pick(BODIES)];
    if draw.coin() {
        words.insert(0, draw.pick(CITIES));
    }
    let initials: String = words.iter().map(|word| &word[..1]).collect();
    let without_last = &initials[..initials.len() - 1];
    let reason = format!("The first letters of the {} words are {}.", words.len(), spaced(&initials));
    Question::open(format!("Name: {}.", words.join(" ")), &initials, without_last, reason)
}

fn spaced(letters: &str) -> String {
    letters.chars().map(String::from).collect::<Vec<_>>().join(", ")
}
