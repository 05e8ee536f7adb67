//! A plugin at work: a worked example, as it is written or changed, and what comes of it now.

use crate::command::Command;
use crate::pages::experiment::settings;
use crate::state::{State, Trial};
use crate::theme::{MEDIUM, SMALL, TIGHT, colours};
use crate::widgets::{self, caption, choice, section, wide_card};
use egui::{RichText, TextEdit, Ui};
use placebo_experiment::plugin::Plugin;
use placebo_plugin_api::{Case, Example, Instruction, ScoreItem};

/// Draws the example; an edit is tried at once.
pub(super) fn show(ui: &mut Ui, state: &State, plugin: &Plugin, out: &mut Vec<Command>) {
    let Some(trial) = state.workbench.trial.as_ref().filter(|trial| trial.plugin == plugin.id()) else { return };
    let Some(registry) = state.plugins.as_deref() else { return };
    let mut edited = trial.clone();
    wide_card(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            section(ui, "Try it");
            let titles = plugin.descriptor().examples.iter().enumerate();
            let titles: Vec<_> = titles.map(|(place, example)| (place, example.title.clone())).collect();
            if choice(ui, "Example", &mut edited.place, &titles)
                && let Some(other) = Trial::of(registry, plugin.id(), edited.place)
            {
                edited = other;
            }
            if !trial.is_as_written(registry) && widgets::ghost(ui, "As it is written").clicked() {
                edited = Trial::of(registry, plugin.id(), edited.place).unwrap_or(edited.clone());
            }
        });
        caption(ui, "Runs as you type.");
        ui.add_space(SMALL);
        if !plugin.descriptor().settings.is_empty() {
            settings::form(ui, &plugin.descriptor().settings, &mut edited.example.settings);
        }
        case(ui, state, &mut edited);
        verdict(ui, state, trial, registry);
    });
    if edited != *trial {
        out.push(Command::Try(Box::new(edited)));
    }
}

fn case(ui: &mut Ui, state: &State, trial: &mut Trial) {
    let outcome = state.workbench.outcome.as_ref();
    match &mut trial.example.case {
        Case::Transform { item, .. } => ui.columns(2, |columns| {
            caption(&mut columns[0], "Before");
            before(&mut columns[0], &mut item.instruction);
            caption(&mut columns[1], "After");
            if let Some(Ok(Case::Transform { result, .. })) = outcome {
                after(&mut columns[1], &result.instruction);
                result.notes.iter().for_each(|note| caption(&mut columns[1], note));
            }
        }),
        Case::Score { item, .. } => {
            scored(ui, item);
            if let Some(Ok(Case::Score { result, .. })) = outcome {
                ui.add_space(SMALL);
                ui.label(crate::theme::strong(format!("scores {}", rounded(*result))));
            }
        }
    }
}

fn rounded(score: f64) -> f64 {
    (score * 1e4).round() / 1e4
}

fn before(ui: &mut Ui, instruction: &mut Instruction) {
    field(ui, "Definition to try", &mut instruction.definition);
    examples(ui, &instruction.positive_examples);
}

fn after(ui: &mut Ui, instruction: &Instruction) {
    let text = if instruction.definition.is_empty() { "(empty)" } else { &instruction.definition };
    ui.add(egui::Label::new(text).wrap());
    examples(ui, &instruction.positive_examples);
}

fn examples(ui: &mut Ui, examples: &[Example]) {
    let weak = colours(ui).weak;
    for example in examples {
        ui.add_space(TIGHT);
        let text = RichText::new(format!("{} → {}", example.input, example.output)).color(weak);
        ui.add(egui::Label::new(text).wrap());
    }
}

fn scored(ui: &mut Ui, item: &mut ScoreItem) {
    caption(ui, "Answer");
    field(ui, "Answer to try", &mut item.prediction);
    caption(ui, "Right answers, one a line");
    let mut lines = item.references.join("\n");
    if field(ui, "Right answers to try", &mut lines) {
        item.references = lines.lines().map(str::to_owned).collect();
    }
}

fn field(ui: &mut Ui, name: &str, text: &mut String) -> bool {
    let edit = TextEdit::multiline(text).desired_rows(2).desired_width(f32::INFINITY);
    let response = ui.add(edit.margin(egui::Margin::symmetric(8, 6)));
    let shown = text.clone();
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::accesskit::Role::MultilineTextInput, true, name);
        info.current_text_value = Some(shown.clone());
        info
    });
    response.changed()
}

/// Whether an example that nobody changed comes out as its author says.
fn verdict(ui: &mut Ui, state: &State, trial: &Trial, registry: &placebo_experiment::plugin::Registry) {
    ui.add_space(MEDIUM / 2.0);
    let colours = colours(ui);
    match &state.workbench.outcome {
        None => caption(ui, "Running …"),
        Some(Err(fault)) => drop(ui.label(RichText::new(fault).color(colours.bad))),
        Some(Ok(_)) if !trial.is_as_written(registry) => {}
        Some(Ok(case)) if is_same(case, &trial.example.case) => {
            ui.label(RichText::new("✓ as its author says").color(colours.good));
        }
        Some(Ok(_)) => drop(ui.label(RichText::new("✗ not what its author says").color(colours.bad))),
    }
}

/// Equal, scores up to what a check allows.
fn is_same(found: &Case, written: &Case) -> bool {
    match (found, written) {
        (Case::Score { result, .. }, Case::Score { result: written, .. }) => (result - written).abs() < 1e-9,
        (found, written) => found == written,
    }
}
