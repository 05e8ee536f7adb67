//! Little programs that a reader executes on a list of words.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::actions::ACTIONS;
use crate::words::lists::WORDS;
use crate::words::people::PEOPLE;
use crate::words::things::ANIMALS;

pub const TASKS: &[Template] = &[
    Template {
        name: "list_membership",
        category: "Program Execution",
        definition: "You are given a list of words and one more word. Is that word in the list? Answer with Yes or \
            No.",
        outputs: Outputs::YES_NO,
        ask: membership,
    },
    Template {
        name: "same_words",
        category: "Text Matching",
        definition: "Two sentences are given. Disregarding the order, do they consist of exactly the same words? \
            Output True or False.",
        outputs: Outputs::TRUE_FALSE,
        ask: same_words,
    },
    Template {
        name: "reverse_list",
        category: "Program Execution",
        definition: "Reverse the given list, so that its last word comes first and its first word comes last. \
            Separate the words by commas.",
        outputs: Outputs::Text,
        ask: reverse,
    },
    Template {
        name: "sort_list",
        category: "Program Execution",
        definition: "Put the words of the given list into alphabetical order. Separate them by commas.",
        outputs: Outputs::Text,
        ask: sort,
    },
    Template {
        name: "longest_word",
        category: "Program Execution",
        definition: "Find the word of the list that has the most letters, and write only this word.",
        outputs: Outputs::Text,
        ask: longest,
    },
    Template {
        name: "words_with_initial",
        category: "Program Execution",
        definition: "From the given list, pick every word that begins with the given letter. Keep their order and \
            separate them by commas.",
        outputs: Outputs::Text,
        ask: with_initial,
    },
    Template {
        name: "remove_word",
        category: "Program Execution",
        definition: "Write the list again without the word that is to be removed. Leave all else as it is.",
        outputs: Outputs::Text,
        ask: remove,
    },
    Template {
        name: "count_word",
        category: "Program Execution",
        definition: "How often does the given word occur in the list? Answer with a number in digits.",
        outputs: Outputs::Text,
        ask: count,
    },
    Template {
        name: "numbers_in_list",
        category: "Program Execution",
        definition: "The list mixes words and numbers. Copy only the numbers, in their order, separated by commas.",
        outputs: Outputs::Text,
        ask: numbers,
    },
    Template {
        name: "copy_sentence",
        category: "Program Execution",
        definition: "Repeat the given sentence exactly, word by word.",
        outputs: Outputs::Text,
        ask: copy,
    },
];

fn words(draw: &mut Draw) -> Vec<&'static str> {
    let count = draw.number(5..=6);
    draw.list(WORDS, count)
}

fn membership(draw: &mut Draw) -> Question {
    let list = words(draw);
    let word = if draw.coin() { draw.pick(&list) } else { draw.pick(WORDS) };
    let position = list.iter().position(|other| *other == word);
    let input = format!("List: {}. Word: {word}.", list.join(", "));
    match position {
        Some(index) => {
            Question::yes_or_no(input, true, format!("\"{word}\" is word number {} of the list.", index + 1))
        }
        None => Question::yes_or_no(input, false, format!("\"{word}\" is nowhere in the list.")),
    }
}

fn same_words(draw: &mut Draw) -> Question {
    let [one, other, stranger] = draw.several(ANIMALS);
    let deed = draw.pick(&["followed", "saw", "heard", "woke", "met", "chased"]);
    let first = format!("The {} {deed} the {}.", one.one, other.one);
    if draw.coin() {
        let input = format!("Sentence 1: {first} Sentence 2: The {} {deed} the {}.", other.one, one.one);
        return Question::true_or_false(input, true, "The second sentence only changes the order.".to_owned());
    }
    let input = format!("Sentence 1: {first} Sentence 2: The {} {deed} the {}.", other.one, stranger.one);
    Question::true_or_false(input, false, format!("The word \"{}\" is only in the second sentence.", stranger.one))
}

fn reverse(draw: &mut Draw) -> Question {
    let list = words(draw);
    let reversed: Vec<_> = list.iter().rev().copied().collect();
    let reason = format!("The last word, \"{}\", has to come first.", reversed[0]);
    Question::open(format!("List: {}.", list.join(", ")), &reversed.join(", "), &list.join(", "), reason)
}

fn sort(draw: &mut Draw) -> Question {
    let list = words(draw);
    let mut sorted = list.clone();
    sorted.sort_unstable();
    let backwards: Vec<_> = sorted.iter().rev().copied().collect();
    let reason = format!("In the alphabet \"{}\" comes first and \"{}\" last.", sorted[0], backwards[0]);
    Question::open(format!("List: {}.", list.join(", ")), &sorted.join(", "), &backwards.join(", "), reason)
}

fn longest(draw: &mut Draw) -> Question {
    let long = draw.pick(&WORDS.iter().copied().filter(|word| word.len() > 5).collect::<Vec<_>>());
    let shorter: Vec<_> = WORDS.iter().copied().filter(|word| word.len() < long.len()).collect();
    let [short, one, other] = draw.several(&shorter);
    let mut list = [long, short, one, other];
    draw.shuffle(&mut list);
    let reason = format!("\"{long}\" has {} letters, more than any other word.", long.len());
    Question::open(format!("List: {}.", list.join(", ")), long, short, reason)
}

fn with_initial(draw: &mut Draw) -> Question {
    let letter = &draw.pick(WORDS)[..1];
    let (fitting, others): (Vec<_>, Vec<_>) = WORDS.iter().copied().partition(|word| word.starts_with(letter));
    let mut list = draw.list(&fitting, 3);
    list.extend(draw.list(&others, 3));
    draw.shuffle(&mut list);
    let (chosen, rest): (Vec<_>, Vec<_>) = list.iter().copied().partition(|word| word.starts_with(letter));
    let input = format!("List: {}. Letter: {letter}.", list.join(", "));
    let reason = format!("Number of words that begin with \"{letter}\": {}.", chosen.len());
    Question::open(input, &chosen.join(", "), &rest.join(", "), reason)
}

fn remove(draw: &mut Draw) -> Question {
    let list = words(draw);
    let [unwanted, innocent] = draw.several(&list);
    let without = |word| list.iter().copied().filter(|other| *other != word).collect::<Vec<_>>().join(", ");
    let input = format!("List: {}. Remove: {unwanted}.", list.join(", "));
    Question::open(input, &without(unwanted), &without(innocent), format!("Only \"{unwanted}\" has to go."))
}

fn count(draw: &mut Draw) -> Question {
    let [word, one, other] = draw.several(WORDS);
    let times = draw.number(1..=6);
    let mut list = vec![word; times];
    list.extend([one, other]);
    draw.shuffle(&mut list);
    let input = format!("List: {}. Word: {word}.", list.join(", "));
    Question::open(input, &times.to_string(), &(times + 1).to_string(), format!("Occurrences of \"{word}\": {times}."))
}

fn numbers(draw: &mut Draw) -> Question {
    let [one, other, third] = draw.several(WORDS);
    let digits: Vec<String> = (0..draw.number(2..=3)).map(|_| draw.number(2..=99).to_string()).collect();
    let mut list: Vec<&str> = vec![one, other, third];
    list.extend(digits.iter().map(String::as_str));
    draw.shuffle(&mut list);
    let (chosen, rest): (Vec<&str>, Vec<&str>) = list.iter().copied().partition(|item| item.parse::<usize>().is_ok());
    let reason = format!("Besides the words {} there are only numbers.", rest.join(", "));
    Question::open(format!("List: {}.", list.join(", ")), &chosen.join(", "), &rest.join(", "), reason)
}

fn copy(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let [one, other] = draw.several(&PEOPLE);
    let object = draw.pick(action.objects);
    let text = |name: &str| format!("{name} {} the {object}.", action.verb.past);
    Question::open(text(one.name), &text(one.name), &text(other.name), "No word of the sentence may change.".to_owned())
}
