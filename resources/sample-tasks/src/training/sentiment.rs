//! What invented reviews think of invented products and places.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::people::PEOPLE;
use crate::words::sentence_case;

pub const TASKS: &[Template] = &[
    Template {
        name: "product_review_sentiment",
        category: "Sentiment Analysis",
        definition: "In this task, you are given a customer's review of a product. Classify the sentiment of the \
            review as \"positive\" or \"negative\".",
        outputs: Outputs::Labels(&["positive", "negative"]),
        ask: product_sentiment,
    },
    Template {
        name: "three_way_review_sentiment",
        category: "Sentiment Analysis",
        definition: "Read a sentence from the review of a product and label it. Use Good if the writer is pleased, \
            Bad if the writer is displeased, and Plain if the sentence only states a fact without any opinion.",
        outputs: Outputs::Labels(&["Good", "Bad", "Plain"]),
        ask: three_way_sentiment,
    },
    Template {
        name: "review_aspect",
        category: "Aspect Classification",
        definition: "You are given one sentence from the review of a restaurant. Find out what the sentence talks \
            about. The answer is one of four aspects: food, service, price, or location.",
        outputs: Outputs::Labels(&["food", "service", "price", "location"]),
        ask: aspect,
    },
    Template {
        name: "recommendation",
        category: "Sentiment Analysis",
        definition: "Given the opinion of a guest about a place, would the guest tell a friend to go there? Answer \
            Yes or No.",
        outputs: Outputs::YES_NO,
        ask: recommendation,
    },
];

const PRODUCTS: &[&str] = &[
    "camera",
    "chair",
    "coat",
    "fan",
    "headset",
    "kettle",
    "knife",
    "lamp",
    "laptop",
    "mixer",
    "phone",
    "radio",
    "suitcase",
    "tent",
    "toaster",
    "vacuum cleaner",
];

const PRAISE: &[&str] = &[
    "is a joy to use every day",
    "works perfectly",
    "is worth every penny",
    "exceeded all my hopes",
    "is the best one I have ever owned",
    "feels solid and looks beautiful",
    "has made my life easier",
    "still works like new after a year",
    "was a wonderful surprise",
    "never lets me down",
];

const BLAME: &[&str] = &[
    "broke after two days",
    "is a waste of money",
    "stopped working within a week",
    "looks cheap and feels flimsy",
    "was a bitter disappointment",
    "is the worst one I have ever owned",
    "makes an awful noise",
    "arrived scratched and dirty",
    "does not do what it should",
    "gave me nothing but trouble",
];

const FACTS: &[&str] = &[
    "comes in a cardboard box",
    "is sold in three colours",
    "has a label on the back",
    "weighs about one kilo",
    "was delivered on a Tuesday",
    "has a cable of two metres",
    "is made in a small factory",
    "stands next to my desk",
    "comes with a printed manual",
    "has two buttons on top",
];

const LIKED: &[&str] = &["I love it.", "I would buy it again.", "Great!", "I am very happy.", "Five stars."];
const DISLIKED: &[&str] = &["I hate it.", "I want my money back.", "Never again.", "I am very unhappy.", "One star."];
const BUYERS: &[&str] = &["I", "My sister", "My father", "My neighbour", "We"];

/// Words of liking or dislike about a thing.
fn opinion(draw: &mut Draw, liked: bool) -> (&'static str, &'static str) {
    match liked {
        true => (draw.pick(PRAISE), draw.pick(LIKED)),
        false => (draw.pick(BLAME), draw.pick(DISLIKED)),
    }
}

fn product_sentiment(draw: &mut Draw) -> Question {
    let liked = draw.coin();
    let label = if liked { "positive" } else { "negative" };
    let (verdict, closing) = opinion(draw, liked);
    let input =
        format!("{} bought this {} last month. It {verdict}. {closing}", draw.pick(BUYERS), draw.pick(PRODUCTS));
    Question::labelled(input, label, format!("To say that it \"{verdict}\" is {label}."))
}

fn three_way_sentiment(draw: &mut Draw) -> Question {
    let (label, verdict, reason) = match draw.number(1..=3) {
        1 => ("Good", draw.pick(PRAISE), "praises"),
        2 => ("Bad", draw.pick(BLAME), "complains about"),
        _ => ("Plain", draw.pick(FACTS), "neither praises nor blames"),
    };
    let product = draw.pick(PRODUCTS);
    let input = format!("{} {product} {verdict}.", draw.pick(&["The", "This", "My new", "Our"]));
    Question::labelled(input, label, format!("The sentence {reason} the {product}."))
}

const ASPECTS: &[(&str, &[&str])] = &[
    ("food", &["soup was", "pasta was", "bread was", "cake was", "fish was", "dessert was"]),
    (
        "service",
        &[
            "waiter was",
            "waitress was",
            "staff at the bar was",
            "cook who greeted us was",
            "welcome was",
            "team at the door was",
        ],
    ),
    (
        "price",
        &[
            "bill was",
            "cost of the menu was",
            "amount we had to pay was",
            "sum on the receipt was",
            "discount was",
            "total was",
        ],
    ),
    (
        "location",
        &[
            "view over the harbour was",
            "street outside was",
            "way from the station was",
            "area around it was",
            "terrace by the river was",
            "quarter where it lies was",
        ],
    ),
];

const JUDGEMENTS: &[&str] =
    &["great", "terrible", "better than expected", "a surprise", "rather poor", "fantastic", "a bit odd", "nice"];

fn aspect(draw: &mut Draw) -> Question {
    let (label, subjects) = draw.pick(ASPECTS);
    let subject = draw.pick(subjects);
    let input = format!(
        "{}the {subject} {}.",
        draw.pick(&["We found that ", "Last night ", "I must say that ", "To be honest, "]),
        draw.pick(JUDGEMENTS)
    );
    let input = sentence_case(&input);
    let (topic, _) = subject.rsplit_once(' ').expect("every subject ends in its verb");
    Question::labelled(input, label, format!("The {topic} belongs to the {label}."))
}

const PLACES: &[&str] = &["hotel", "museum", "cinema", "swimming pool", "zoo", "café", "campsite", "market"];

const CHARMS: &[&str] = &[
    "had a marvellous day there",
    "loved every minute of it",
    "did not want to leave",
    "felt at home at once",
    "will certainly go back",
    "was impressed by how friendly everybody was",
];

const HORRORS: &[&str] = &[
    "was bored to tears",
    "left after ten minutes",
    "found it dirty and far too loud",
    "was treated rudely",
    "will never go back",
    "had to wait for two hours in the rain",
];

fn recommendation(draw: &mut Draw) -> Question {
    let liked = draw.coin();
    let feeling = draw.pick(if liked { CHARMS } else { HORRORS });
    let guest = draw.pick(&PEOPLE);
    let input = format!("{} went to the new {} and {feeling}.", guest.name, draw.pick(PLACES));
    let mood = if liked { "had a good time" } else { "had a bad time" };
    Question::yes_or_no(input, liked, format!("{} {mood}, for {} {feeling}.", guest.name, guest.subject))
}
