//! Arithmetic and properties of numbers.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::lists::in_words;
use crate::words::people::PEOPLE;
use crate::words::things::THINGS;

pub const TASKS: &[Template] = &[
    Template {
        name: "number_parity",
        category: "Mathematics",
        definition: "In this task, you are given a sentence that contains one whole number. Decide whether the \
            number can be divided by two without a remainder. Answer \"even\" if it can and \"odd\" if it cannot.",
        outputs: Outputs::Labels(&["even", "odd"]),
        ask: parity,
    },
    Template {
        name: "number_comparison",
        category: "Mathematics",
        definition: "You are given two numbers. Compare the first number with the second one. Your answer must be \
            \"greater\" if the first number is greater, \"smaller\" if it is smaller, and \"equal\" if both are the \
            same.",
        outputs: Outputs::Labels(&["greater", "smaller", "equal"]),
        ask: comparison,
    },
    Template {
        name: "sum_check",
        category: "Mathematics",
        definition: "A pupil has written down an addition with its result. Check the result. Write True if the sum \
            is right and False if it is wrong.",
        outputs: Outputs::TRUE_FALSE,
        ask: sum_check,
    },
    Template {
        name: "equal_sharing",
        category: "Mathematics",
        definition: "Some things are to be shared among friends so that everyone gets the same number of them and \
            nothing is left over. Is that possible? Answer with Yes or No.",
        outputs: Outputs::YES_NO,
        ask: sharing,
    },
    Template {
        name: "story_addition",
        category: "Mathematics",
        definition: "You will read a very short story about a person who has some things and then gets or gives \
            away some more. Work out how many things the person has in the end. Give the result in digits.",
        outputs: Outputs::Text,
        ask: story,
    },
    Template {
        name: "words_to_digits",
        category: "Number Conversion",
        definition: "The given sentence contains a number written in words. Write this number in digits and \
            nothing else.",
        outputs: Outputs::Text,
        ask: words_to_digits,
    },
];

const NUMBERED: &[&str] = &["house", "ticket", "page", "room", "train", "locker", "bus", "seat", "parcel", "invoice"];

fn parity(draw: &mut Draw) -> Question {
    let number = draw.number(11..=999);
    let label = if number.is_multiple_of(2) { "even" } else { "odd" };
    let input = format!("The number on the {} is {number}.", draw.pick(NUMBERED));
    Question::labelled(input, label, format!("{number} ends in {}, so it is an {label} number.", number % 10))
}

fn comparison(draw: &mut Draw) -> Question {
    let first = draw.number(10..=400);
    let second = if draw.number(1..=3) == 1 { first } else { draw.number(10..=400) };
    let (label, relation) = match first.cmp(&second) {
        std::cmp::Ordering::Greater => ("greater", "greater than"),
        std::cmp::Ordering::Less => ("smaller", "smaller than"),
        std::cmp::Ordering::Equal => ("equal", "equal to"),
    };
    let input = format!("First number: {first}. Second number: {second}.");
    Question::labelled(input, label, format!("{first} is {relation} {second}."))
}

fn sum_check(draw: &mut Draw) -> Question {
    let (a, b) = (draw.number(2..=60), draw.number(2..=39));
    let claimed = if draw.coin() { a + b } else { a + b + draw.number(1..=9) };
    let input = format!("{} wrote: {a} + {b} = {claimed}.", draw.pick(&PEOPLE).name);
    Question::true_or_false(
        input,
        claimed == a + b,
        format!("{a} plus {b} is {}, and the pupil wrote {claimed}.", a + b),
    )
}

fn sharing(draw: &mut Draw) -> Question {
    let (friends, count) = (draw.number(2..=9), draw.number(10..=72));
    let thing = draw.pick(THINGS).many;
    let left = count % friends;
    let input = format!("There are {count} {thing} and {friends} friends.");
    let reason = match left {
        0 => format!("Each of the {friends} friends gets {} {thing}.", count / friends),
        _ => format!("{count} divided by {friends} is {} with a remainder of {left}.", count / friends),
    };
    Question::yes_or_no(input, left == 0, reason)
}

fn story(draw: &mut Draw) -> Question {
    let [owner, friend] = draw.several(&PEOPLE);
    let (had, moved) = (draw.number(11..=40), draw.number(2..=10));
    let thing = draw.pick(THINGS).many;
    let gets = draw.coin();
    let (deed, sign) = if gets { ("gets", "+") } else { ("gives away", "-") };
    let (right, wrong) = if gets { (had + moved, had - moved) } else { (had - moved, had + moved) };
    let partner = if gets { "from" } else { "to" };
    let input = format!(
        "{} has {had} {thing}. Then {} {deed} {moved} {thing} {partner} {}.",
        owner.name, owner.subject, friend.name
    );
    Question::open(input, &right.to_string(), &wrong.to_string(), format!("{had} {sign} {moved} is {right}."))
}

const COUNTED: &[&str] =
    &["visitors", "trees", "bottles", "letters", "sheep", "chairs", "stamps", "steps", "pages", "bricks"];

fn words_to_digits(draw: &mut Draw) -> Question {
    let number = draw.number(21..=999);
    let words = in_words(number);
    let input = format!("There were {words} {} in all.", draw.pick(COUNTED));
    let slip = (number + draw.pick(&[1, 10, 100])).to_string();
    Question::open(input, &number.to_string(), &slip, format!("The words \"{words}\" stand for {number}."))
}
