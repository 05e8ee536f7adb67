//! The recipe of training: a preset, and every field of it with a sentence of help.

use crate::theme::colours;
use crate::widgets::{self, choice, float, number, row, section, toggle, wide_card};
use egui::{RichText, Ui};
use placebo_experiment::plan::{OptimizerKind, Plan, Precision, Preset, Recipe, ScheduleKind, TrainingPlan};

/// Draws the recipe's section.
pub(super) fn show(ui: &mut Ui, plan: &mut Plan) {
    wide_card(ui, |ui| {
        section(ui, "Training");
        row(ui, "Recipe", preset_help(plan.training.preset), |ui| {
            let options = Preset::ALL.map(|preset| (preset, preset_words(preset).to_owned()));
            choice(ui, "Recipe", &mut plan.training.preset, &options)
        });
        usual(ui, plan);
        egui::CollapsingHeader::new("More of the recipe").id_salt("more of the recipe").show(ui, |ui| {
            let preset = plan.training.preset.recipe();
            optimizer(ui, &mut plan.training, &preset);
            course(ui, &mut plan.training, &preset);
            against_overfitting(ui, &mut plan.training, &preset);
            precision(ui, &mut plan.training, &preset);
            watching(ui, &mut plan.training, &preset);
        });
    });
}

/// What is changed most often. A value that is the preset's again is no override.
fn usual(ui: &mut Ui, plan: &mut Plan) {
    let preset = plan.training.preset.recipe();
    let training = &mut plan.training;
    overridden(
        ui,
        ("Learning rate", "After the warm-up."),
        &mut training.learning_rate,
        &preset.learning_rate,
        |ui, value| float(ui, "Learning rate", value, 1e-12..=10.0),
    );
    overridden(
        ui,
        ("Epochs", "Passes over the training instances."),
        &mut training.epochs,
        &preset.epochs,
        |ui, value| float(ui, "Epochs", value, 1e-6..=1e6),
    );
    overridden(
        ui,
        ("Batch size", "Instances per optimizer step."),
        &mut training.batch_size,
        &preset.batch_size,
        |ui, value| number(ui, "Batch size", value, 1..=1_000_000),
    );
    let help = "Bounds memory and changes no result: halve it when memory runs out.";
    overridden(
        ui,
        ("Tokens per pass", help),
        &mut training.micro_batch_tokens,
        &preset.micro_batch_tokens,
        |ui, value| number(ui, "Tokens per pass", value, 1..=1_000_000_000),
    );
}

/// How a step is taken.
fn optimizer(ui: &mut Ui, training: &mut TrainingPlan, preset: &Recipe) {
    let kinds = [(OptimizerKind::AdamW, "AdamW".to_owned()), (OptimizerKind::Adafactor, "Adafactor".to_owned())];
    let words = ("Optimizer", "Adafactor keeps hardly any moments, which saves memory.");
    overridden(ui, words, &mut training.optimizer, &preset.optimizer, |ui, value| {
        choice(ui, "Optimizer", value, &kinds)
    });
    let words = ("Betas", "AdamW's decay rates of the first and the second moment.");
    overridden(ui, words, &mut training.betas, &preset.betas, |ui, [first, second]| {
        let one = float(ui, "First beta", first, 0.0..=0.999_999);
        float(ui, "Second beta", second, 0.0..=0.999_999) || one
    });
    let words = ("Epsilon", "AdamW's term against division by zero.");
    overridden(ui, words, &mut training.epsilon, &preset.epsilon, |ui, value| float(ui, "Epsilon", value, 1e-30..=1.0));
    let words = ("Weight decay", "Per step, relative to the learning rate.");
    overridden(ui, words, &mut training.weight_decay, &preset.weight_decay, |ui, value| {
        float(ui, "Weight decay", value, 0.0..=1.0)
    });
    let words = ("Clipping", "The gradient's largest norm; 0 does not clip.");
    overridden(ui, words, &mut training.clip_norm, &preset.clip_norm.unwrap_or(0.0), |ui, value| {
        float(ui, "Clipping", value, 0.0..=1e6)
    });
}

/// How the learning rate goes, and for how long.
fn course(ui: &mut Ui, training: &mut TrainingPlan, preset: &Recipe) {
    let schedules = [
        (ScheduleKind::Constant, "constant".to_owned()),
        (ScheduleKind::Linear, "linear to zero".to_owned()),
        (ScheduleKind::Cosine, "cosine to zero".to_owned()),
    ];
    let words = ("Schedule", "How the learning rate goes on after the warm-up.");
    overridden(ui, words, &mut training.schedule, &preset.schedule, |ui, value| {
        choice(ui, "Schedule", value, &schedules)
    });
    let words = ("Warm-up", "Steps over which the learning rate rises.");
    overridden(ui, words, &mut training.warmup_steps, &preset.warmup_steps, |ui, value| {
        number(ui, "Warm-up", value, 0..=1_000_000)
    });
    let words = ("Most steps", "Ends training early; 0 lets the epochs decide.");
    overridden(ui, words, &mut training.max_steps, &preset.max_steps.unwrap_or(0), |ui, value| {
        number(ui, "Most steps", value, 0..=1_000_000_000)
    });
}

fn against_overfitting(ui: &mut Ui, training: &mut TrainingPlan, preset: &Recipe) {
    let words = ("Label smoothing", "Probability spread over the other tokens.");
    overridden(ui, words, &mut training.label_smoothing, &preset.label_smoothing, |ui, value| {
        float(ui, "Label smoothing", value, 0.0..=0.999)
    });
    row(ui, "Dropout", "The rate at which numbers are left out; the checkpoint's own unless said otherwise.", |ui| {
        let mut own = training.dropout.is_none() && preset.dropout.is_none();
        if toggle(ui, &mut own, "the checkpoint's own") {
            training.dropout = (!own).then_some(0.1);
        }
        if let Some(rate) = &mut training.dropout {
            float(ui, "Dropout", rate, 0.0..=0.999);
        }
    });
}

/// Number formats, and memory for time.
fn precision(ui: &mut Ui, training: &mut TrainingPlan, preset: &Recipe) {
    let precisions = [(Precision::F32, "f32".to_owned()), (Precision::Bf16, "bf16".to_owned())];
    let words = ("Computes in", "bf16 is faster on recent GPUs.");
    overridden(ui, words, &mut training.compute, &preset.compute, |ui, value| {
        choice(ui, "Computes in", value, &precisions)
    });
    let words = ("Keeps weights in", "f32 is the safe choice; bf16 halves their memory.");
    overridden(ui, words, &mut training.weights, &preset.weights, |ui, value| {
        choice(ui, "Keeps weights in", value, &precisions)
    });
    let words = ("Save memory", "Computes activations again in the backward pass: less memory, a third more time.");
    let (given, usual) = (&mut training.gradient_checkpointing, &preset.gradient_checkpointing);
    overridden(ui, words, given, usual, |ui, value| toggle(ui, value, "gradient checkpointing"));
}

/// What is looked at and kept on the way.
fn watching(ui: &mut Ui, training: &mut TrainingPlan, preset: &Recipe) {
    let words = ("Validate every", "Steps between validation losses; 0 for none.");
    overridden(ui, words, &mut training.evaluate_every, &preset.evaluate_every.unwrap_or(0), |ui, value| {
        number(ui, "Validate every", value, 0..=1_000_000)
    });
    let words = ("Held out", "Instances of each training task to validate on.");
    let (given, usual) = (&mut training.validation_instances_per_task, &preset.validation_instances_per_task);
    overridden(ui, words, given, usual, |ui, value| number(ui, "Held out", value, 0..=1_000_000));
    let words = ("Save every", "Steps between checkpoints to resume from.");
    overridden(ui, words, &mut training.checkpoint_every, &preset.checkpoint_every, |ui, value| {
        number(ui, "Save every", value, 1..=1_000_000)
    });
}

/// A row for a field of the recipe: the preset's value until another is given; a dot marks what differs.
fn overridden<T: Clone + PartialEq>(
    ui: &mut Ui,
    (label, help): (&str, &str),
    given: &mut Option<T>,
    preset: &T,
    control: impl FnOnce(&mut Ui, &mut T) -> bool,
) {
    row(ui, label, help, |ui| {
        let mut value = given.clone().unwrap_or_else(|| preset.clone());
        if control(ui, &mut value) {
            *given = Some(value).filter(|value| value != preset);
        }
        if given.is_some() {
            ui.label(RichText::new("●").small().color(colours(ui).accent)).on_hover_text("Differs from the recipe");
            if widgets::ghost(ui, "as the recipe").clicked() {
                *given = None;
            }
        }
    });
}

fn preset_words(preset: Preset) -> &'static str {
    match preset {
        Preset::KungPeng2023 => "Kung & Peng 2023",
        Preset::TkInstruct2022 => "Tk-Instruct 2022",
        Preset::Yin2023 => "Yin et al. 2023",
        Preset::Small => "Small models",
    }
}

fn preset_help(preset: Preset) -> &'static str {
    match preset {
        Preset::KungPeng2023 => {
            "Learning rate 1e-4, batch 128, bf16, warm-up 100; the paper gives no number of epochs, 4 is ours."
        }
        Preset::TkInstruct2022 => "Learning rate 5e-5 constant, 2 epochs, batch 16.",
        Preset::Yin2023 => "Learning rate 5e-5, 2 epochs, batch 32.",
        Preset::Small => "Our own, for models of a few million weights that start untrained.",
    }
}
