//! The text of a made-up study, word by word, and of studies that are out of the ordinary.

use std::path::Path;

use serde_json::json;

use super::*;
use crate::plan::{Precision, Preset};
use crate::report::testing::{empty, made_up};
use crate::report::{Column, Record, read_records};
use crate::results::testing::spec;
use crate::results::{Manifest, RunFolder, RunState};

fn told(results: &Path) -> Vec<Paragraph> {
    let (records, problems) = read_records(results).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let comparison = Comparison::of(&records, Column::of_the_study());
    let studies = Study::read(&records).unwrap();
    assert_eq!(studies.len(), 1);
    paragraphs(&studies[0], &comparison)
}

/// The text on `title` of a study of these runs.
fn of_runs(title: &str, runs: Vec<(crate::run_spec::RunSpec, serde_json::Value)>) -> String {
    let run = |(spec, corpus): (crate::run_spec::RunSpec, serde_json::Value)| study::Run {
        corpus: serde_json::from_value(corpus).unwrap(),
        manifest: Some(Manifest { device: "CPU".into(), ..Manifest::default() }),
        record: Record { path: "".into(), spec, state: RunState::Finished, scores: None, place: 0 },
    };
    let study = Study { plan: "trial".into(), runs: runs.into_iter().map(run).collect() };
    let all = paragraphs(&study, &Comparison::of(&[], Vec::new()));
    all.into_iter().find(|paragraph| paragraph.title == title).unwrap().text
}

#[test]
fn a_study_is_told_from_its_records_alone() {
    let results = tempfile::tempdir().unwrap();
    let text = markdown(&told(&made_up(results.path())));
    let expected = "\
**Data.** The tasks are those of `data` (format `natural-instructions`, track `default`; SHA-256 of the task files \
beginning `d1`). Models are trained on up to 10 instances of each of 3 training tasks (30 in all), drawn by the run's \
seed and the same under every condition. The test set is the first 100 instances of each of 4 test tasks (16 instances \
in all; 2 classification tasks and 2 generation tasks).

**Conditions.** Two conditions are compared. “Original” leaves the instructions as they are. “Empty \\& bare” rewrites \
them by `definition.empty` (version 0.1.0), in training and in testing. Each condition was run with 2 seeds (1 and 2). \
The baseline is guessing one of a classification task's labels at random, computed in closed form.

**Prompts.** A prompt consists of the task's definition, 2 positive examples without explanations and the instance's \
input, worded as in Tk-Instruct. It has at most 1,024 tokens, a target or an answer at most 128. Answers are decoded \
greedily. No text had to be cut, and no example was left out.

**Model and training.** The model is `bundled:nano`. It is tuned for 2 epochs in batches of 16 instances with AdamW \
(betas 0.9 and 0.999, epsilon 1e-8, weight decay 0), at a learning rate of 5e-5, constant without warm-up. Gradients \
are clipped at norm 1, dropout is the checkpoint's, labels are not smoothed. Weights and computations are in single \
precision.

**Scores.** Answers are scored by exact match, `exact-match` (version 0.1.0, `first_line = false`, \
`lower_case = false`, `strip = false`); ROUGE-L, `rouge-l` (version 0.1.0, `first_line = false`, `lower_case = false`, \
`stemmer = true`, `strip = false`). Scores for classification are means over the classification tasks' means, scores for generation are \
means over the generation tasks' means and overall scores are means over all instances.

**Software.** The experiment was run with Placebo 0.1.0 (commit `0123456789ab`). The model ran on CPU, 2 threads.
";
    assert_eq!(text, expected);
}

#[test]
fn latex_says_the_same_and_is_typeset() {
    let folder = tempfile::tempdir().unwrap();
    let text = latex(&told(&made_up(folder.path())));
    assert!(text.contains("“Empty \\& bare” rewrites them by \\texttt{definition.empty}"), "{text}");
    crate::report::latex::tests::typeset(&text, folder.path());
}

#[test]
fn one_of_each_is_told_in_the_singular() {
    let mut only = spec(7);
    only.data.train_instances_per_task = 1;
    only.data.test_instances_per_task = 1;
    only.prompt.positive_examples = 1;
    only.training.epochs = 1.0;
    only.training.warmup_steps = 1;
    only.training.batch_size = 1;
    let stage = json!({ "tasks": 1, "prompts": 1, "truncated_sources": 1 });
    let runs = || vec![(only.clone(), json!({ "train": stage, "test": stage }))];
    let data = of_runs("Data", runs());
    assert!(data.contains("up to 1 instance of 1 training task (1 in all)"), "{data}");
    assert!(data.contains("the first instance of 1 test task (1 instance in all)."), "{data}");
    let conditions = of_runs("Conditions", runs());
    assert!(conditions.ends_with("as they are. It was run with one seed (7)."), "{conditions}");
    let prompts = of_runs("Prompts", runs());
    assert!(prompts.contains("1 positive example without explanations and"), "{prompts}");
    let cut = "In the run under “Original”, 1 of 1 training prompts (100.0%) and 1 of 1 test prompts (100.0%) lost their ends.";
    assert!(prompts.contains(cut), "{prompts}");
    let training = of_runs("Model and training", runs());
    assert!(training.contains("for 1 epoch in batches of 1 instance") && training.contains("warm-up of 1 step."));
}

#[test]
fn what_was_cut_and_what_could_not_be_altered_is_told_by_condition() {
    let notes = |task: &str| json!({ task: ["definition.empty: nothing to leave out"] });
    let stage = |cut: usize| json!({ "tasks": 3, "prompts": 30, "truncated_sources": cut, "target_tokens": { "n": 40, "min": 0, "max": 1, "mean": 1.0, "total": 40 }, "truncated_targets": 2, "dropped_examples": 1 });
    let corpus = |cut, task: &str| json!({ "train": stage(cut), "test": { "prompts": 16 }, "notes": notes(task) });
    let runs = vec![(empty(1), corpus(0, "a")), (empty(2), corpus(3, "b"))];
    let prompts = of_runs("Prompts", runs);
    let expected = "Over the 2 runs under “Empty & bare”, 3 of 60 training prompts (5.0%) and 4 of 80 training targets \
                    (5.0%) lost their ends, and 2 examples found no room. Noted under “Empty & bare”: \
                    “definition.empty: nothing to leave out” for 2 tasks.";
    assert!(prompts.ends_with(expected), "{prompts}");
}

#[test]
fn recipes_that_differ_are_told_with_their_conditions() {
    let mut other = empty(1);
    other.training = Preset::KungPeng2023.recipe();
    other.training.weights = Precision::F32;
    other.training.max_steps = Some(100);
    other.training.clip_norm = None;
    other.training.dropout = Some(0.0);
    other.training.label_smoothing = 0.1;
    let text = of_runs("Model and training", vec![(spec(1), json!({})), (other, json!({}))]);
    assert!(text.contains("It is tuned under “Original” for 2 epochs"), "{text}");
    assert!(text.contains("It is tuned under “Empty & bare” for 100 steps in batches of 128 instances"), "{text}");
    assert!(text.contains("Gradients are not clipped, dropout is 0, label smoothing is 0.1."), "{text}");
    assert!(text.contains("Weights are in single precision, computations in bfloat16."), "{text}");
}

#[test]
fn sizes_seeds_and_paths_that_differ_are_told_one_by_one() {
    let sized = |seed, size: usize| {
        let mut spec = spec(seed);
        spec.data.train_instances_per_task = size;
        spec.model.checkpoint = "/home/somebody/models/t5-large".into();
        (spec, json!({ "train": { "tasks": 3, "prompts": 3 * size } }))
    };
    let runs = || vec![sized(1, 10), sized(1, 500), (empty(2), json!({}))];
    let data = of_runs("Data", runs());
    let expected = "up to 10 or 500 instances of each of 3 training tasks (30 and 1,500 in all)";
    assert!(data.contains(expected), "{data}");
    let conditions = of_runs("Conditions", runs());
    let expected = "“Original” was run with one seed (1). “Empty & bare” was run with one seed (2).";
    assert!(conditions.ends_with(expected), "{conditions}");
    let training = of_runs("Model and training", runs());
    assert!(training.starts_with("The model is `t5-large`. "), "{training}");
}

#[test]
fn a_run_that_nobody_began_is_counted_and_nothing_is_invented_of_it() {
    let results = tempfile::tempdir().unwrap();
    RunFolder::create(results.path(), &spec(1)).unwrap();
    let all = told(results.path());
    let titles: Vec<_> = all.iter().map(|paragraph| paragraph.title).collect();
    assert_eq!(titles, ["Data", "Conditions", "Prompts", "Model and training", "Software"]);
    assert_eq!(all[4].text, "The run is not finished.");
    assert!(all[1].text.ends_with("“Original” was run with no seed to the end."), "{}", all[1].text);
    assert!(!all[0].text.contains("in all") && !all[2].text.contains("cut"), "{all:?}");
}

#[test]
fn how_far_a_condition_went_is_told() {
    let definition = json!({ "altered": 3, "length": -120.25, "distance": 0.75 });
    let corpus = json!({ "alterations": {
        "train": { "tasks": 4, "altered": 3, "definition": definition },
        "test": { "tasks": 2, "altered": 2, "targets": 20, "altered_targets": { "a": 7 }, "form": 2 },
    }});
    let text = of_runs("Conditions", vec![(empty(1), corpus.clone())]);
    let wanted = "Under seed 1, that is 3 of 4 tasks altered in training (3 definitions by -120.2 characters and an edit distance \
                  of 0.750 on average), and 2 of 2 tasks altered in testing (2 tasks with prompts of another form; 7 of 20 \
                  targets altered).";
    assert!(text.contains(wanted), "{text}");
    let prompts = of_runs("Prompts", vec![(empty(1), corpus)]);
    assert!(prompts.contains("worded as in Tk-Instruct, but for conditions that say otherwise."), "{prompts}");
}
