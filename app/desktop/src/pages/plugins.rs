//! Transforms and metrics: what is loaded, what each does with examples run live, and what was refused and why.

mod examination;
mod trial;

use crate::command::Command;
use crate::state::State;
use crate::theme::{MEDIUM, READABLE, SMALL, colours};
use crate::widgets::{self, caption, empty, header, prose, section, wide_card};
use egui::{Align, Layout, RichText, ScrollArea, Ui, Vec2};
use egui_material_icons::icons::{ICON_HOURGLASS_EMPTY, ICON_REFRESH, ICON_RULE, ICON_VERIFIED_USER};
use placebo_experiment::plugin::{Plugin, Refusal, Registry};
use placebo_plugin_api::PluginKind;

const LIST: f32 = 300.0;

/// Draws the page.
pub fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let Some(registry) = state.plugins.as_deref() else {
        return empty(ui, ICON_HOURGLASS_EMPTY, ("Loading plugins", "A moment."), &[], out);
    };
    let refused = match registry.refused().len() {
        0 => String::new(),
        count => format!(", {count} refused"),
    };
    header(ui, "Plugins", &format!("{} loaded{refused}", registry.plugins().len()), |ui| {
        widgets::command(ui, true, &Command::ChoosePlugin, out);
        if widgets::small(ui, ICON_REFRESH, "Load the plugins again").clicked() {
            out.push(Command::LoadPlugins);
        }
    });
    let (width, height) = (widgets::list_width(ui, LIST), ui.available_height());
    let shown = state.workbench.plugin(registry);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = MEDIUM;
        ui.allocate_ui_with_layout(Vec2::new(width, height), Layout::top_down(Align::Min), |ui| {
            ui.set_width(width);
            let area = ScrollArea::vertical().id_salt("plugins").auto_shrink([false, false]);
            area.show(ui, |ui| list(ui, registry, shown, out));
        });
        ui.vertical(|ui| {
            ScrollArea::vertical().id_salt("one plugin").auto_shrink([false, false]).show(ui, |ui| {
                ui.set_max_width(ui.available_width().min(READABLE + 140.0));
                registry.refused().iter().for_each(|refusal| refused_one(ui, state, refusal, out));
                match shown {
                    Some(plugin) => one(ui, state, plugin, out),
                    None => caption(ui, "No plugin is loaded; they lie beside the program, in `plugins/`, or where PLACEBO_PLUGIN_PATH says."),
                }
                ui.add_space(MEDIUM);
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
            let button =
                egui::Button::selectable(selected, plugin.id()).min_size(Vec2::new(ui.available_width() - 16.0, 28.0));
            let response = ui.add(button).on_hover_text(&plugin.descriptor().summary);
            widgets::named(&response, plugin.id());
            if response.clicked() {
                out.push(Command::ShowPlugin(plugin.id().to_owned()));
            }
        }
        ui.add_space(MEDIUM);
    }
}

fn refused_one(ui: &mut Ui, state: &State, refusal: &Refusal, out: &mut Vec<Command>) {
    wide_card(ui, |ui| {
        ui.label(RichText::new("Refused").text_style(crate::theme::section()).color(colours(ui).bad));
        prose(ui, &refusal.reason);
        caption(ui, &refusal.path.display().to_string());
        ui.horizontal(|ui| {
            if widgets::plain(ui, Some(ICON_RULE), "Examine it").clicked() {
                out.push(Command::Examine(refusal.path.clone()));
            }
            if widgets::plain(ui, Some(ICON_VERIFIED_USER), "Trust and load it").clicked() {
                out.push(Command::Trust(refusal.path.clone()));
            }
        });
        examination::show(ui, state, &refusal.path);
    });
}

fn one(ui: &mut Ui, state: &State, plugin: &Plugin, out: &mut Vec<Command>) {
    let descriptor = plugin.descriptor();
    wide_card(ui, |ui| {
        ui.horizontal(|ui| {
            section(ui, plugin.id());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if widgets::plain(ui, Some(ICON_RULE), "Examine it").clicked() {
                    out.push(Command::Examine(plugin.library().to_owned()));
                }
            });
        });
        caption(ui, &kind(&descriptor.kind));
        ui.add_space(SMALL);
        prose(ui, &descriptor.summary);
        prose(ui, &descriptor.documentation);
        if !descriptor.precedent.is_empty() {
            ui.add_space(SMALL);
            caption(ui, &format!("Used before: {}", descriptor.precedent));
        }
        ui.add_space(SMALL);
        let process = if plugin.is_foreign() { " · in a process of its own" } else { "" };
        let hash = &plugin.sha256()[..12];
        let place = format!("version {} · {}{process} · {hash}", plugin.version(), plugin.library().display());
        ui.add(egui::Label::new(RichText::new(place).small().color(colours(ui).weak)).wrap());
        examination::show(ui, state, plugin.library());
    });
    trial::show(ui, state, plugin, out);
}

fn kind(kind: &PluginKind) -> String {
    match kind {
        PluginKind::Transform { touches, random, .. } => {
            let parts: Vec<_> = touches.iter().map(|part| spaced(&format!("{part:?}"))).collect();
            let random = if *random { "; draws random numbers" } else { "" };
            format!("Transform of {}{random}", parts.join(", "))
        }
        PluginKind::Metric { scale, kinds, .. } => {
            let kinds: Vec<_> = kinds.iter().map(|kind| format!("{kind:?}").to_lowercase()).collect();
            let unit = if scale.unit.is_empty() { String::new() } else { format!(" in {}", scale.unit) };
            format!("Metric{unit}; judges {}", kinds.join(" and "))
        }
    }
}

/// `PositiveExamples` as `positive examples`.
fn spaced(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        assert_eq!(spaced("PositiveExamples"), "positive examples");
        assert_eq!(spaced("Definition"), "definition");
    }
}
