//! Model, prompts, and what is measured.

use super::settings;
use crate::command::Command;
use crate::state::State;
use crate::theme::SMALL;
use crate::widgets::{self, choice, number, row, section, text, toggle, wide_card};
use egui::{CollapsingHeader, Ui};
use egui_material_icons::icons::ICON_FOLDER_OPEN;
use placebo_experiment::plan::{Baseline, DecodingWeights, MetricPlan, Plan, Preset, Strategy};
use placebo_experiment::plugin::Plugin;
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
                // Beside it stand what chooses a folder and the name of the bundled model.
                let width = (ui.available_width() - 176.0).clamp(120.0, 240.0);
                text(ui, "Checkpoint", &mut plan.model.checkpoint, width);
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
        let help = "Integers of 8 bits answer faster on a CPU and round a little more; training is not touched.";
        row(ui, "Answers with", help, |ui| {
            let options = [
                (DecodingWeights::AsTrained, "the weights as trained".to_owned()),
                (DecodingWeights::Int8, "8-bit integers".to_owned()),
            ];
            choice(ui, "Answers with", &mut plan.decoding.weights, &options)
        });
        let help = "Tokens of prompts answered at once: bounds memory and changes no answer.";
        row(ui, "Answered at once", help, |ui| {
            number(ui, "Answered at once", &mut plan.decoding.batch_tokens, 1..=1_000_000_000)
        });
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
        metric_settings(ui, state, plan);
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

/// The settings of the metrics wanted, of those that have some.
fn metric_settings(ui: &mut Ui, state: &State, plan: &mut Plan) {
    let registry = state.plugins.as_deref();
    for (place, metric) in plan.metrics.iter_mut().enumerate() {
        let plugin: Option<&Plugin> = registry.and_then(|registry| registry.metric(&metric.id).ok());
        let Some(described) = plugin.map(|plugin| &plugin.descriptor().settings) else { continue };
        if described.is_empty() {
            continue;
        }
        let title = format!("Settings of {}", metric.id);
        CollapsingHeader::new(title).id_salt(("settings of a metric", place)).show(ui, |ui| {
            settings::form(ui, described, &mut metric.settings);
        });
    }
}
