//! Model, training, prompts, and what is measured.

use crate::command::Command;
use crate::state::State;
use crate::theme::{SMALL, colours};
use crate::widgets::{self, choice, float, number, row, section, text, toggle, wide_card};
use egui::{RichText, Ui};
use egui_material_icons::icons::ICON_FOLDER_OPEN;
use placebo_experiment::plan::{Baseline, MetricPlan, OptimizerKind, Plan, Precision, Preset, ScheduleKind, Strategy};
use placebo_experiment::run_spec::RunKind;

/// Draws the checkpoint's section.
pub(super) fn model(ui: &mut Ui, plan: &mut Plan, out: &mut Vec<Command>) {
    wide_card(ui, |ui| {
        section(ui, "Model");
        row(
            ui,
            "Checkpoint",
            "A hub id, a folder in Hugging Face's layout, or the bundled model of half a million weights.",
            |ui| {
                text(ui, "Checkpoint", &mut plan.model.checkpoint, 240.0);
                if widgets::small(ui, ICON_FOLDER_OPEN, "Choose a checkpoint").clicked() {
                    out.push(Command::ChooseCheckpoint);
                }
                if widgets::ghost(ui, "bundled:nano").clicked() {
                    plan.model.checkpoint = "bundled:nano".to_owned();
                    plan.training.preset = Preset::Small;
                }
            },
        );
    });
}

/// Draws the recipe's section.
pub(super) fn training(ui: &mut Ui, plan: &mut Plan) {
    wide_card(ui, |ui| {
        section(ui, "Training");
        row(ui, "Recipe", preset_help(plan.training.preset), |ui| {
            let options = Preset::ALL.map(|preset| (preset, preset_words(preset).to_owned()));
            choice(ui, "Recipe", &mut plan.training.preset, &options)
        });
        usual(ui, plan);
        egui::CollapsingHeader::new("More of the recipe").id_salt("more of the recipe").show(ui, |ui| rare(ui, plan));
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

/// What is changed rarely.
fn rare(ui: &mut Ui, plan: &mut Plan) {
    let preset = plan.training.preset.recipe();
    let training = &mut plan.training;
    let optimizers = [(OptimizerKind::AdamW, "AdamW".to_owned()), (OptimizerKind::Adafactor, "Adafactor".to_owned())];
    overridden(ui, ("Optimizer", ""), &mut training.optimizer, &preset.optimizer, |ui, value| {
        choice(ui, "Optimizer", value, &optimizers)
    });
    let schedules = [
        (ScheduleKind::Constant, "constant".to_owned()),
        (ScheduleKind::Linear, "linear to zero".to_owned()),
        (ScheduleKind::Cosine, "cosine to zero".to_owned()),
    ];
    overridden(
        ui,
        ("Schedule", "How the learning rate goes on after the warm-up."),
        &mut training.schedule,
        &preset.schedule,
        |ui, value| choice(ui, "Schedule", value, &schedules),
    );
    overridden(
        ui,
        ("Warm-up", "Steps over which the learning rate rises."),
        &mut training.warmup_steps,
        &preset.warmup_steps,
        |ui, value| number(ui, "Warm-up", value, 0..=1_000_000),
    );
    overridden(
        ui,
        ("Weight decay", "Per step, relative to the learning rate."),
        &mut training.weight_decay,
        &preset.weight_decay,
        |ui, value| float(ui, "Weight decay", value, 0.0..=1.0),
    );
    let clip = preset.clip_norm.unwrap_or(0.0);
    overridden(
        ui,
        ("Clipping", "The gradient's largest norm; 0 does not clip."),
        &mut training.clip_norm,
        &clip,
        |ui, value| float(ui, "Clipping", value, 0.0..=1e6),
    );
    let precisions = [(Precision::F32, "f32".to_owned()), (Precision::Bf16, "bf16".to_owned())];
    overridden(
        ui,
        ("Computes in", "bf16 is faster on recent GPUs."),
        &mut training.compute,
        &preset.compute,
        |ui, value| choice(ui, "Computes in", value, &precisions),
    );
    let help = "Computes activations again in the backward pass: less memory, a third more time.";
    overridden(
        ui,
        ("Save memory", help),
        &mut training.gradient_checkpointing,
        &preset.gradient_checkpointing,
        |ui, value| toggle(ui, value, "gradient checkpointing"),
    );
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

/// Draws the prompts' section.
pub(super) fn prompts(ui: &mut Ui, plan: &mut Plan) {
    wide_card(ui, |ui| {
        section(ui, "Prompts and answers");
        let prompt = &mut plan.prompt;
        row(ui, "Positive examples", "Shown before the instance, the first so many of the task.", |ui| {
            number(ui, "Positive examples", &mut prompt.positive_examples, 0..=1000)
        });
        row(ui, "Negative examples", "", |ui| number(ui, "Negative examples", &mut prompt.negative_examples, 0..=1000));
        row(ui, "Also show", "", |ui| {
            toggle(ui, &mut prompt.explanations, "explanations");
            toggle(ui, &mut prompt.task_name, "the task's name");
        });
        row(
            ui,
            "Longest prompt",
            "Tokens; what is longer loses examples first and then its tail, and the record says how often.",
            |ui| number(ui, "Longest prompt", &mut prompt.max_source_tokens, 1..=1_000_000),
        );
        row(ui, "Longest answer", "", |ui| number(ui, "Longest answer", &mut prompt.max_target_tokens, 1..=1_000_000));
        row(
            ui,
            "Answers",
            "Labels can be enforced where a task has them; free text is always decoded greedily.",
            |ui| {
                let options = [
                    (Strategy::Greedy, "greedy".to_owned()),
                    (Strategy::Constrained, "constrained to labels".to_owned()),
                    (Strategy::Rank, "likeliest label".to_owned()),
                ];
                choice(ui, "Answers", &mut plan.decoding.strategy, &options)
            },
        );
    });
}

/// Draws the section of baselines and metrics.
pub(super) fn measures(ui: &mut Ui, state: &State, plan: &mut Plan) {
    wide_card(ui, |ui| {
        section(ui, "Baselines and metrics");
        row(ui, "Baselines", "What learning nothing would score; each runs once.", |ui| {
            ui.horizontal_wrapped(|ui| {
                let kinds = [
                    RunKind::RandomGuess,
                    RunKind::Untuned,
                    RunKind::MajorityLabel,
                    RunKind::CopyExample,
                    RunKind::CopyInput,
                ];
                kinds.into_iter().for_each(|kind| baseline(ui, plan, kind));
            });
        });
        ui.add_space(SMALL);
        row(ui, "Metrics", "Answers are kept, so a metric can also be added when runs are finished.", |ui| {
            ui.horizontal_wrapped(|ui| {
                let plugins = state.plugins.iter().flat_map(|registry| registry.plugins());
                for plugin in plugins.filter(|plugin| plugin.descriptor().is_metric()) {
                    metric(ui, plan, plugin.id(), &plugin.descriptor().summary);
                }
            });
        });
    });
}

fn baseline(ui: &mut Ui, plan: &mut Plan, kind: RunKind) {
    let mut wanted = plan.baselines.iter().any(|baseline| baseline.kind == kind);
    if toggle(ui, &mut wanted, kind.title()) {
        plan.baselines.retain(|baseline| baseline.kind != kind);
        if wanted {
            plan.baselines.push(Baseline { kind });
        }
    }
}

fn metric(ui: &mut Ui, plan: &mut Plan, id: &str, summary: &str) {
    let mut wanted = plan.metrics.iter().any(|metric| metric.id == id);
    if ui.checkbox(&mut wanted, id).on_hover_text(summary).changed() {
        plan.metrics.retain(|metric| metric.id != id);
        if wanted {
            plan.metrics.push(MetricPlan::new(id));
        }
    }
}
