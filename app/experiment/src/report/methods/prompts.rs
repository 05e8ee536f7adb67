//! What a prompt shows, how long it may be, and how answers are found.

use super::study::Study;
use crate::plan::{PromptPlan, Strategy};
use crate::report::english::{count, list, thousands};

pub(super) fn sentences(study: &Study) -> Vec<String> {
    let prompts = Study::distinct(study.asking_a_model(), |run| &run.spec().prompt);
    let decodings = Study::distinct(study.asking_a_model(), |run| run.spec().decoding.strategy);
    let is_reformed = study.tuned().any(|run| run.corpus.alterations.test.form + run.corpus.alterations.train.form > 0);
    let wording = if is_reformed { ", but for conditions that say otherwise" } else { "" };
    let prompts = prompts.into_iter().flat_map(|prompt| [shape(prompt, wording), limits(prompt)]);
    prompts.chain(decodings.into_iter().map(decoding)).collect()
}

fn shape(prompt: &PromptPlan, wording: &str) -> String {
    let examples = |number: usize, kind: &str| {
        (number > 0).then(|| count(number, &format!("{kind} example"), &format!("{kind} examples")))
    };
    let mut parts: Vec<String> = prompt.task_name.then(|| "the task's name".to_owned()).into_iter().collect();
    parts.push("the task's definition".to_owned());
    parts.extend(examples(prompt.positive_examples, "positive"));
    parts.extend(examples(prompt.negative_examples, "negative"));
    let has_examples = prompt.positive_examples + prompt.negative_examples > 0;
    let explanations = match (has_examples, prompt.explanations) {
        (false, _) => "",
        (true, false) => " without explanations",
        (true, true) => " with explanations",
    };
    if let Some(last) = parts.last_mut() {
        last.push_str(explanations);
    }
    parts.push("the instance's input".to_owned());
    format!("A prompt consists of {}, worded as in Tk-Instruct{wording}.", list(&parts))
}

fn limits(prompt: &PromptPlan) -> String {
    let (source, target) = (thousands(prompt.max_source_tokens), thousands(prompt.max_target_tokens));
    format!("It has at most {source} tokens, a target or an answer at most {target}.")
}

fn decoding(strategy: Strategy) -> String {
    match strategy {
        Strategy::Greedy => "Answers are decoded greedily.",
        Strategy::Constrained => {
            "Answers to classification tasks are decoded greedily among the task's labels, all others greedily."
        }
        Strategy::Rank => {
            "Answers to classification tasks are the label of the highest likelihood, all others are decoded greedily."
        }
    }
    .to_owned()
}
