//! What the writers of messages want, think, and how they put it.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::people::PEOPLE;

pub const TASKS: &[Template] = &[
    Template {
        name: "customer_intent",
        category: "Intent Identification",
        definition: "You are given a message that a customer sent to a shop. Identify what the customer wants. The \
            possible intents are order, refund, delivery (asking where a parcel is), and thanks.",
        outputs: Outputs::Labels(&["order", "refund", "delivery", "thanks"]),
        ask: intent,
    },
    Template {
        name: "message_formality",
        category: "Style Classification",
        definition: "Decide whether the style of the given message is \"formal\", as in a business letter, or \
            \"informal\", as in a chat among friends.",
        outputs: Outputs::Labels(&["formal", "informal"]),
        ask: formality,
    },
    Template {
        name: "stance_on_proposal",
        category: "Stance Detection",
        definition: "A town discusses a proposal, and a citizen has left a comment. Does the citizen support or \
            oppose the proposal? Reply with \"support\" or \"oppose\".",
        outputs: Outputs::Labels(&["support", "oppose"]),
        ask: stance,
    },
    Template {
        name: "offer_reply",
        category: "Intent Identification",
        definition: "One person makes an offer and another person replies. Tell whether the reply accepts the \
            offer. Answer \"accepted\", \"declined\", or \"undecided\".",
        outputs: Outputs::Labels(&["accepted", "declined", "undecided"]),
        ask: offer,
    },
];

const GOODS: &[&str] =
    &["bike", "blanket", "clock", "coat", "desk", "guitar", "jacket", "lamp", "mirror", "printer", "sofa", "teapot"];

const INTENTS: &[(&str, &str, &[&str])] = &[
    (
        "order",
        "wants to buy",
        &[
            "I would like to buy the {}, please.",
            "Please send me one {}.",
            "Can I still get the {}? I will take one.",
            "I want one {}, to be paid by card.",
        ],
    ),
    (
        "refund",
        "wants money back for",
        &[
            "The {} is faulty and I want my money back.",
            "Please pay back what I spent on the {}.",
            "I returned the {} and wait for my money.",
            "I am sending back the {}, so kindly return the price.",
        ],
    ),
    (
        "delivery",
        "asks for the parcel with",
        &[
            "Where is the {} that I paid for last week?",
            "My {} has not arrived yet.",
            "When will the {} reach my house?",
            "The parcel with my {} seems to be lost.",
        ],
    ),
    (
        "thanks",
        "is grateful for",
        &[
            "What a lovely {}, you made my day!",
            "I am so grateful for the {}.",
            "The {} is great, many kind regards to your team.",
            "Just a note to say how much we enjoy the {}.",
        ],
    ),
];

const GREETINGS: &[&str] = &["Hello!", "Good morning.", "Good evening.", "Hi there!"];

fn intent(draw: &mut Draw) -> Question {
    let (label, wish, messages) = draw.pick(INTENTS);
    let goods = draw.pick(GOODS);
    let message = draw.pick(messages).replace("{}", goods);
    let input = format!("{} {message}", draw.pick(GREETINGS));
    Question::labelled(input, label, format!("The customer {wish} the {goods}."))
}

const FORMAL: &[&str] = &[
    "I am writing to inform you that the {} has been cancelled.",
    "We regret that the {} cannot take place.",
    "You are cordially invited to attend the {}.",
    "Kindly confirm your presence at the {}.",
    "Please find enclosed the programme of the {}.",
    "We would be grateful for your opinion on the {}.",
    "It is our pleasure to announce the {}.",
    "Would you be so kind as to open the {}?",
    "The committee has approved the budget of the {}.",
];

const INFORMAL: &[&str] = &[
    "hey, the {} is off, sorry mate!",
    "omg you have to come to the {}!",
    "wanna join me at the {}?",
    "lol, I totally forgot the {}.",
    "gonna be late for the {}, see ya!",
    "yo, the {} was super cool!",
    "guess what, I got us in for the {}!",
    "ugh, that {} was sooo boring.",
    "can't wait for the {}, woohoo!",
];

const OCCASIONS: &[&str] = &[
    "annual dinner",
    "concert",
    "course",
    "exhibition",
    "garden party",
    "lecture",
    "match",
    "meeting",
    "opening",
    "picnic",
    "training",
    "wedding",
    "workshop",
    "quiz",
];

fn formality(draw: &mut Draw) -> Question {
    let (label, messages) = if draw.coin() { ("formal", FORMAL) } else { ("informal", INFORMAL) };
    let input = draw.pick(messages).replace("{}", draw.pick(OCCASIONS));
    let habit = if label == "formal" { "in a business letter" } else { "among friends" };
    Question::labelled(input, label, format!("One writes like this {habit}."))
}

const PROPOSALS: &[&str] = &[
    "Build a new bridge",
    "Close the old cinema",
    "Cut down the park's trees",
    "Ban cars downtown",
    "Plant roses on the square",
    "Sell the town hall",
    "Open the pool at night",
    "Pave the river path",
    "Move the market",
    "Double the bus fare",
    "Paint the station pink",
    "Keep the library open on Sundays",
];

const FOR: &[&str] = &[
    "A splendid idea!",
    "Yes, and the sooner the better.",
    "I am all for it.",
    "This is exactly what our town needs.",
    "You have my vote.",
    "Finally, I have waited for this.",
];
const AGAINST: &[&str] = &[
    "What a silly idea!",
    "No, please leave things as they are.",
    "I am dead against it.",
    "This is the last thing our town needs.",
    "You will not get my vote.",
    "That would be a big mistake.",
];

fn stance(draw: &mut Draw) -> Question {
    let (label, comments) = if draw.coin() { ("support", FOR) } else { ("oppose", AGAINST) };
    let comment = draw.pick(comments);
    let input = format!("Proposal: {}. {} says: {comment}", draw.pick(PROPOSALS), draw.pick(&PEOPLE).name);
    let side = if label == "support" { "for" } else { "against" };
    Question::labelled(input, label, format!("Who says \"{comment}\" is {side} the proposal."))
}

const OFFERS: &[&str] = &[
    "a lift home",
    "some tea",
    "a piece of cake",
    "my umbrella",
    "a free ticket",
    "a cup of coffee",
    "my seat",
    "a glass of water",
];
const REPLIES: &[(&str, &[&str])] = &[
    ("accepted", &["Yes, please!", "With pleasure.", "That would be lovely.", "Sure, why not."]),
    ("declined", &["No, thank you.", "I would rather not.", "Not for me.", "Thanks, but I am fine."]),
    ("undecided", &["Let me think about it.", "Maybe later.", "I am not sure yet.", "Ask me again in a minute."]),
];

fn offer(draw: &mut Draw) -> Question {
    let [host, guest] = draw.several(&PEOPLE);
    let (label, replies) = draw.pick(REPLIES);
    let reply = draw.pick(replies);
    let input = format!("{}: Would you like {}? {}: {reply}", host.name, draw.pick(OFFERS), guest.name);
    let deed = match label {
        "accepted" => "takes the offer",
        "declined" => "turns the offer down",
        _ => "has not made up the mind yet",
    };
    Question::labelled(input, label, format!("{} {deed}.", guest.name))
}
