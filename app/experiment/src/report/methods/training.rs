//! The model and the recipe, in numbers.

use std::path::Path;

use super::data::{folder_name, shortened};
use super::prose::{code, name, number};
use super::study::{Run, Study};
use crate::plan::{ModelPlan, OptimizerKind, Precision, Recipe, ScheduleKind};
use crate::report::english::{count, list};

pub(super) fn sentences(study: &Study) -> Vec<String> {
    let models = Study::distinct(study.asking_a_model(), |run| &run.spec().model);
    let mut sentences: Vec<_> = models.into_iter().map(model).collect();
    let recipes = Study::distinct(study.tuned(), |run| &run.spec().training);
    for recipe in &recipes {
        let whose = if recipes.len() > 1 { users(study, recipe) } else { String::new() };
        sentences.extend([tuning(recipe, &whose), regularisation(recipe), precision(recipe)]);
        sentences.extend(evaluation(recipe));
    }
    sentences
}

/// Several recipes in one plan: whose one is.
fn users(study: &Study, recipe: &Recipe) -> String {
    let of_recipe = study.tuned().filter(|run| run.spec().training == *recipe);
    let names = Study::distinct(of_recipe, |run: &Run| name(&run.spec().condition.name));
    format!(" under {}", list(&names))
}

fn model(model: &ModelPlan) -> String {
    let checkpoint = Path::new(&model.checkpoint);
    let shown = if checkpoint.is_absolute() { folder_name(checkpoint) } else { model.checkpoint.clone() };
    let digest = model.digest.as_deref().map(|digest| format!(" (SHA-256 beginning {})", code(shortened(digest))));
    format!("The model is {}{}.", code(&shown), digest.unwrap_or_default())
}

fn tuning(recipe: &Recipe, whose: &str) -> String {
    let length = match recipe.max_steps {
        Some(steps) => count(steps, "step", "steps"),
        None if recipe.epochs == 1.0 => "1 epoch".to_owned(),
        None => format!("{} epochs", number(recipe.epochs)),
    };
    let batch = count(recipe.batch_size, "instance", "instances");
    format!("It is tuned{whose} for {length} in batches of {batch} with {}, {}.", optimizer(recipe), rate(recipe))
}

fn optimizer(recipe: &Recipe) -> String {
    let decay = format!("weight decay {}", number(recipe.weight_decay));
    match recipe.optimizer {
        OptimizerKind::AdamW => {
            let [first, second] = recipe.betas.map(number);
            format!("AdamW (betas {first} and {second}, epsilon {}, {decay})", number(recipe.epsilon))
        }
        OptimizerKind::Adafactor => format!("Adafactor ({decay})"),
    }
}

fn rate(recipe: &Recipe) -> String {
    let course = match recipe.schedule {
        ScheduleKind::Constant => "constant",
        ScheduleKind::Linear => "falling linearly to 0",
        ScheduleKind::Cosine => "falling along half a cosine to 0",
    };
    let warmup = match recipe.warmup_steps {
        0 => "without warm-up".to_owned(),
        steps => format!("after a warm-up of {}", count(steps, "step", "steps")),
    };
    format!("at a learning rate of {}, {course} {warmup}", number(recipe.learning_rate))
}

fn regularisation(recipe: &Recipe) -> String {
    let clipping = match recipe.clip_norm {
        Some(norm) => format!("Gradients are clipped at norm {}", number(norm)),
        None => "Gradients are not clipped".to_owned(),
    };
    let dropout = match recipe.dropout {
        Some(rate) => format!("dropout is {}", number(rate)),
        None => "dropout is the checkpoint's".to_owned(),
    };
    let smoothing = match recipe.label_smoothing {
        0.0 => "labels are not smoothed".to_owned(),
        share => format!("label smoothing is {}", number(share)),
    };
    format!("{clipping}, {dropout}, {smoothing}.")
}

fn precision(recipe: &Recipe) -> String {
    let word = |precision| match precision {
        Precision::F32 => "single precision",
        Precision::Bf16 => "bfloat16",
    };
    if recipe.compute == recipe.weights {
        return format!("Weights and computations are in {}.", word(recipe.compute));
    }
    format!("Weights are in {}, computations in {}.", word(recipe.weights), word(recipe.compute))
}

fn evaluation(recipe: &Recipe) -> Option<String> {
    let every = recipe.evaluate_every.filter(|_| recipe.validation_instances_per_task > 0)?;
    let every = if every == 1 { "every step".to_owned() } else { format!("every {every} steps") };
    Some(format!("It is evaluated on the held-out instances {every}."))
}
