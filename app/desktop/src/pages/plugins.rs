//! Transforms and metrics: what is loaded, what each does with worked examples, and what was refused and why.

use crate::command::Command;
use crate::state::State;
use crate::theme::{MEDIUM, SMALL, TIGHT, colours};
use crate::widgets::{caption, empty, header, section, wide_card};
use egui::{Align, Layout, RichText, ScrollArea, Ui, Vec2};
use egui_material_icons::icons::ICON_HOURGLASS_EMPTY;
use placebo_experiment::plugin::{Plugin, Refusal, Registry};
use placebo_plugin_api::{Case, Instruction, PluginKind, WorkedExample};

const LIST: f32 = 330.0;

/// Draws the page.
pub fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let Some(registry) = state.plugins.as_deref() else {
        return empty(ui, ICON_HOURGLASS_EMPTY, ("Loading plugins", "A moment."), &[], out);
    };
    let refused =
        if registry.refused().is_empty() { String::new() } else { format!(", {} refused", registry.refused().len()) };
    header(ui, "Plugins", &format!("{} loaded{refused}", registry.plugins().len()), |_| {});
    let height = ui.available_height();
    let shown = state.plugin.as_deref().and_then(|id| registry.plugins().iter().find(|plugin| plugin.id() == id));
    let shown = shown.or(registry.plugins().first());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = MEDIUM;
        ui.allocate_ui_with_layout(Vec2::new(LIST, height), Layout::top_down(Align::Min), |ui| {
            ui.set_width(LIST);
            ScrollArea::vertical().id_salt("plugins").auto_shrink([false, false]).show(ui, |ui| list(ui, registry, shown, out));
        });
        ui.vertical(|ui| {
            ScrollArea::vertical().id_salt("one plugin").auto_shrink([false, false]).show(ui, |ui| {
                registry.refused().iter().for_each(|refusal| refused_one(ui, refusal));
                match shown {
                    Some(plugin) => one(ui, plugin),
                    None => caption(ui, "No plugin is loaded; they lie beside the program, in `plugins/`, or where PLACEBO_PLUGIN_PATH says."),
                }
            });
        });
    });
}

fn list(ui: &mut Ui, registry: &Registry, shown: Option<&Plugin>, out: &mut Vec<Command>) {
    for (head, is_metric) in [("Transforms", false), ("Metrics", true)] {
        section(ui, head);
        ui.spacing_mut().item_spacing.y = 2.0;
        for plugin in registry.plugins().iter().filter(|plugin| plugin.descriptor().is_metric() == is_metric) {
            let selected = shown.is_some_and(|shown| shown.id() == plugin.id());
            let button = egui::Button::selectable(selected, plugin.id()).min_size(Vec2::new(LIST - 16.0, 28.0));
            let response = ui.add(button).on_hover_text(&plugin.descriptor().summary);
            if response.clicked() {
                out.push(Command::ShowPlugin(plugin.id().to_owned()));
            }
        }
        ui.add_space(MEDIUM);
    }
}

fn refused_one(ui: &mut Ui, refusal: &Refusal) {
    wide_card(ui, |ui| {
        ui.label(RichText::new("Refused").text_style(crate::theme::section()).color(colours(ui).bad));
        ui.add(egui::Label::new(format!("{}: {}", refusal.path.display(), refusal.reason)).wrap());
    });
}

fn one(ui: &mut Ui, plugin: &Plugin) {
    let descriptor = plugin.descriptor();
    wide_card(ui, |ui| {
        section(ui, plugin.id());
        ui.label(&descriptor.summary);
        ui.add_space(SMALL);
        ui.add(egui::Label::new(&descriptor.documentation).wrap());
        if !descriptor.precedent.is_empty() {
            ui.add_space(SMALL);
            caption(ui, &format!("Used before: {}", descriptor.precedent));
        }
        ui.add_space(SMALL);
        caption(ui, &kind(&descriptor.kind));
        caption(
            ui,
            &format!("version {} · {} · {}", plugin.version(), plugin.library().display(), &plugin.sha256()[..12]),
        );
    });
    if !descriptor.settings.is_empty() {
        wide_card(ui, |ui| {
            section(ui, "Settings");
            for setting in &descriptor.settings {
                let usual = setting
                    .default
                    .as_ref()
                    .map(|value| format!("; {value} unless said otherwise"))
                    .unwrap_or_default();
                ui.label(format!("{}: {}", setting.name, setting.wanted()));
                caption(ui, &format!("{}{usual}", setting.help));
            }
        });
    }
    descriptor.examples.iter().for_each(|example| worked(ui, example));
}

fn kind(kind: &PluginKind) -> String {
    match kind {
        PluginKind::Transform { touches, random, .. } => {
            let parts: Vec<_> = touches.iter().map(|part| format!("{part:?}").to_lowercase()).collect();
            let random = if *random { ", draws random numbers" } else { "" };
            format!("Transform; may change: {}{random}", parts.join(", "))
        }
        PluginKind::Metric { scale, kinds } => {
            let kinds: Vec<_> = kinds.iter().map(|kind| format!("{kind:?}").to_lowercase()).collect();
            format!("Metric in {}; judges: {}", scale.unit, kinds.join(", "))
        }
    }
}

fn worked(ui: &mut Ui, example: &WorkedExample) {
    wide_card(ui, |ui| {
        section(ui, "Example");
        ui.label(&example.title);
        ui.add_space(TIGHT);
        match &example.case {
            Case::Transform { item, result } => ui.columns(2, |columns| {
                instruction(&mut columns[0], "Before", &item.instruction);
                instruction(&mut columns[1], "After", &result.instruction);
                result.notes.iter().for_each(|note| caption(&mut columns[1], note));
            }),
            Case::Score { item, result } => {
                caption(ui, &format!("answer “{}”, right: {}", item.prediction, item.references.join(" | ")));
                ui.label(format!("scores {result}"));
            }
        }
    });
}

fn instruction(ui: &mut Ui, head: &str, instruction: &Instruction) {
    caption(ui, head);
    ui.add(
        egui::Label::new(if instruction.definition.is_empty() { "(empty)" } else { &instruction.definition }).wrap(),
    );
    for example in &instruction.positive_examples {
        ui.add(egui::Label::new(format!("{} → {}", example.input, example.output)).wrap());
    }
}
