//! What follows from what.

use crate::draw::Draw;
use crate::template::{Outputs, Question, Template};
use crate::words::actions::ACTIONS;
use crate::words::lists::WEEKDAYS;
use crate::words::people::{PEOPLE, PROFESSIONS};
use crate::words::things::ANIMAL_CLASSES;
use crate::words::with_article;

pub const TASKS: &[Template] = &[
    Template {
        name: "three_way_entailment",
        category: "Textual Entailment",
        definition: "You are given a premise and a hypothesis. Answer \"entailment\" if the hypothesis must be \
            true whenever the premise is, \"contradiction\" if both cannot be true together, and \"neutral\" if the \
            premise leaves it open.",
        outputs: Outputs::Labels(&["entailment", "contradiction", "neutral"]),
        ask: entailment,
    },
    Template {
        name: "valid_conclusion",
        category: "Textual Entailment",
        definition: "Two facts and a conclusion are given. Does the conclusion follow from the two facts alone? \
            Answer Yes or No.",
        outputs: Outputs::YES_NO,
        ask: conclusion,
    },
];

fn entailment(draw: &mut Draw) -> Question {
    let action = draw.pick(ACTIONS);
    let (agent, object, day) = (draw.pick(PROFESSIONS), draw.pick(action.objects), draw.pick(WEEKDAYS));
    let (past, participle) = (action.verb.past, action.verb.participle);
    let (label, hypothesis, reason) = match draw.number(1..=6) {
        1 => ("entailment", format!("Somebody {past} the {object}."), format!("The {agent} is somebody.")),
        2 => ("entailment", format!("The {object} was {participle}."), format!("This is what the {agent} did.")),
        3 => ("contradiction", format!("Nobody {past} the {object}."), format!("The {agent} did.")),
        4 => ("contradiction", format!("The {object} was not {participle}."), format!("The {agent} did it.")),
        5 => ("neutral", format!("The {agent} was tired."), format!("Nothing is said about how the {agent} felt.")),
        _ => {
            ("neutral", format!("The {object} was small."), format!("Nothing is said about the size of the {object}."))
        }
    };
    let input = format!("Premise: On {day} the {agent} {past} the {object}. Hypothesis: {hypothesis}");
    Question::labelled(input, label, reason)
}

fn conclusion(draw: &mut Draw) -> Question {
    let [(class, animals), (other, _)] = draw.several(ANIMAL_CLASSES);
    let (kind, name) = (with_article(draw.pick(animals)), draw.pick(&PEOPLE).name);
    let every = kind.replacen("an ", "every ", 1).replacen("a ", "every ", 1);
    let (class, other) = (with_article(class), with_article(other));
    let (follows, facts, claim) = match draw.number(1..=4) {
        1 => (true, format!("{every} is {class}. {name} is {kind}."), format!("{name} is {class}.")),
        2 => (true, format!("{every} is {class}. {name} is not {class}."), format!("{name} is not {kind}.")),
        3 => (false, format!("{every} is {class}. {name} is {class}."), format!("{name} is {kind}.")),
        _ => (false, format!("{every} is {class}. {name} is not {kind}."), format!("{name} is {other}.")),
    };
    let reason = match follows {
        true => "There is no other possibility if both facts are true.".to_owned(),
        false => format!("{name} could also be something else."),
    };
    Question::yes_or_no(format!("Facts: {facts} Conclusion: {claim}"), follows, reason)
}
