//! Conditions as rows of transforms, each with the form that its plugin describes.

use super::settings;
use crate::command::Command;
use crate::state::{Shown, State};
use crate::theme::{SMALL, TIGHT, colours};
use crate::widgets::{self, caption, section, swatch, text, toggle, wide_card};
use egui::{Align, Frame, Layout, Margin, RichText, Stroke, Ui};
use egui_material_icons::icons::{
    ICON_ADD, ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD, ICON_CLOSE, ICON_CONTENT_COPY, ICON_DELETE, ICON_DRAG_INDICATOR,
};
use placebo_experiment::plan::{Condition, Plan, TransformUse};
use placebo_experiment::plugin::Plugin;
use placebo_plugin_api::{Settings, Stage};

/// What a row's buttons ask for.
#[derive(Clone, Copy)]
enum Change {
    Up(usize),
    Down(usize),
    Copy(usize),
    Remove(usize),
    Move { from: usize, to: usize },
}

/// A condition that is being dragged.
struct Dragged(usize);

/// A transform that is being dragged within its condition.
#[derive(PartialEq)]
struct DraggedTransform {
    condition: String,
    place: usize,
}

/// Draws the section.
pub(super) fn show(ui: &mut Ui, state: &State, plan: &mut Plan, out: &mut Vec<Command>) {
    let inks = state.inks();
    wide_card(ui, |ui| {
        section(ui, "Conditions");
        caption(
            ui,
            "Each is trained and tested by itself. The one without transforms is the original to compare with.",
        );
        let (mut change, count) = (None, plan.conditions.len());
        for (place, condition) in plan.conditions.iter_mut().enumerate() {
            let shown = state.draft.preview.shown.condition == place;
            let ink = inks.colour(&condition.name, ui.visuals().dark_mode);
            let frame =
                Frame::new().stroke(Stroke::new(1.0, if shown { colours(ui).accent } else { colours(ui).line }));
            let drawn = frame.corner_radius(crate::theme::ROUND).inner_margin(Margin::same(10)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.push_id(place, |ui| {
                    head(ui, condition, (place, count), ink, &mut change, out, &state.draft.preview.shown);
                    transforms(ui, state, condition);
                });
            });
            if let Some(from) = dropped::<Dragged>(ui, &drawn.response, |_| true) {
                change = Some(Change::Move { from: from.0, to: place });
            }
        }
        if let Some(change) = change {
            apply(&mut plan.conditions, change);
        }
        if widgets::plain(ui, Some(ICON_ADD), "Add condition").clicked() {
            plan.conditions.push(Condition::unchanged(&unused(&plan.conditions, "Condition")));
            out.push(Command::Preview(Shown {
                condition: plan.conditions.len() - 1,
                ..state.draft.preview.shown.clone()
            }));
        }
    });
}

fn apply(conditions: &mut Vec<Condition>, change: Change) {
    match change {
        Change::Up(place) => conditions.swap(place, place - 1),
        Change::Down(place) => conditions.swap(place, place + 1),
        Change::Remove(place) => drop(conditions.remove(place)),
        Change::Move { from, to } => {
            let moved = conditions.remove(from);
            conditions.insert(to, moved);
        }
        Change::Copy(place) => {
            let name = unused(conditions, &conditions[place].name);
            conditions.insert(place + 1, Condition { name, ..conditions[place].clone() });
        }
    }
}

/// A name that no condition has: with the next number behind it.
fn unused(conditions: &[Condition], name: &str) -> String {
    let taken = |name: &String| conditions.iter().any(|condition| condition.name == *name);
    let mut names = (2..).map(|number| format!("{name} {number}"));
    names.find(|name| !taken(name)).expect("numbers do not end before names do")
}

fn head(
    ui: &mut Ui,
    condition: &mut Condition,
    (place, count): (usize, usize),
    ink: egui::Color32,
    change: &mut Option<Change>,
    out: &mut Vec<Command>,
    shown: &Shown,
) {
    ui.horizontal(|ui| {
        grip(ui, &format!("Drag {}", condition.name), Dragged(place));
        swatch(ui, ink);
        text(ui, &format!("Name of condition {}", place + 1), &mut condition.name, 180.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let buttons = [
                (ICON_DELETE, "Remove", count > 1, Change::Remove(place)),
                (ICON_CONTENT_COPY, "Duplicate", true, Change::Copy(place)),
                (ICON_ARROW_DOWNWARD, "Move down", place + 1 < count, Change::Down(place)),
                (ICON_ARROW_UPWARD, "Move up", place > 0, Change::Up(place)),
            ];
            for (icon, words, enabled, what) in buttons {
                let name = format!("{words} {}", condition.name);
                if ui.add_enabled_ui(enabled, |ui| widgets::small(ui, icon, &name)).inner.clicked() {
                    *change = Some(what);
                }
            }
            if shown.condition != place && widgets::ghost(ui, "Show prompt").clicked() {
                out.push(Command::Preview(Shown { condition: place, ..shown.clone() }));
            }
        });
    });
}

/// What a row is dragged by.
fn grip<T: std::any::Any + Send + Sync>(ui: &mut Ui, name: &str, payload: T) {
    let id = ui.scope_id().with(name);
    let drawn = ui.dnd_drag_source(id, payload, |ui| {
        ui.label(ICON_DRAG_INDICATOR.rich_text().size(16.0).color(colours(ui).weak));
    });
    let response = drawn.response.on_hover_cursor(egui::CursorIcon::Grab).on_hover_text("Drag to reorder");
    widgets::named(&response, name);
}

/// What was let go over a row; while it hovers there, the row is marked.
fn dropped<T: std::any::Any + Send + Sync>(
    ui: &Ui,
    over: &egui::Response,
    fits: impl Fn(&T) -> bool,
) -> Option<std::sync::Arc<T>> {
    let hovering = over.dnd_hover_payload::<T>().filter(|payload| fits(payload));
    if hovering.is_some() {
        let accent = Stroke::new(2.0, colours(ui).accent);
        ui.painter().hline(over.rect.x_range(), over.rect.top(), accent);
    }
    over.dnd_release_payload::<T>().filter(|payload| fits(payload))
}

fn transforms(ui: &mut Ui, state: &State, condition: &mut Condition) {
    let registry = state.plugins.as_deref();
    let (mut gone, mut moved) = (None, None);
    let own = condition.name.clone();
    for (place, used) in condition.transforms.iter_mut().enumerate() {
        ui.push_id(("transform", place), |ui| {
            let line = ui.horizontal(|ui| {
                ui.add_space(20.0);
                grip(ui, &format!("Drag {}", used.id), DraggedTransform { condition: own.clone(), place });
                ui.label(&used.id);
                let summary = registry.and_then(|registry| registry.transform(&used.id).ok());
                let summary = summary.map_or("not loaded", |plugin| plugin.descriptor().summary.as_str());
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if widgets::small(ui, ICON_CLOSE, &format!("Take {} out", used.id)).clicked() {
                        gone = Some(place);
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add(egui::Label::new(RichText::new(summary).color(colours(ui).weak)).truncate());
                    });
                });
            });
            if let Some(from) = dropped::<DraggedTransform>(ui, &line.response, |dragged| dragged.condition == own) {
                moved = Some((from.place, place));
            }
            if let Some(plugin) = registry.and_then(|registry| registry.transform(&used.id).ok()) {
                settings::form(ui, &plugin.descriptor().settings, &mut used.settings);
            }
        });
    }
    if let Some(place) = gone {
        condition.transforms.remove(place);
    } else if let Some((from, to)) = moved {
        let used = condition.transforms.remove(from);
        condition.transforms.insert(to, used);
    }
    ui.horizontal(|ui| {
        ui.add_space(20.0);
        add(ui, state, condition);
        if !condition.transforms.is_empty() {
            ui.add_space(SMALL);
            stages(ui, condition);
        }
    });
    ui.add_space(TIGHT);
}

fn add(ui: &mut Ui, state: &State, condition: &mut Condition) {
    let menu = ui.menu_button("Add transform", |ui| {
        ui.set_min_width(360.0);
        let plugins = state.plugins.iter().flat_map(|registry| registry.plugins());
        for plugin in plugins.filter(|plugin| !plugin.descriptor().is_metric()) {
            entry(ui, plugin, condition);
        }
        if state.plugins.is_none() {
            caption(ui, "The plugins are being loaded …");
        }
    });
    widgets::named(&menu.response, &format!("Add transform to {}", condition.name));
}

fn entry(ui: &mut Ui, plugin: &Plugin, condition: &mut Condition) {
    let descriptor = plugin.descriptor();
    let button = egui::Button::new(plugin.id()).shortcut_text(descriptor.summary.as_str());
    let response = ui.add(button).on_hover_text(descriptor.documentation.as_str());
    widgets::named(&response, plugin.id());
    if response.clicked() {
        let used = TransformUse { id: plugin.id().to_owned(), version: None, settings: Settings::default() };
        condition.transforms.push(used);
        ui.close();
    }
}

fn stages(ui: &mut Ui, condition: &mut Condition) {
    caption(ui, "applies to");
    for (stage, words) in [(Stage::Train, "training"), (Stage::Test, "test")] {
        let mut applies = condition.apply_to.contains(&stage);
        if toggle(ui, &mut applies, words) {
            condition.apply_to.retain(|known| *known != stage);
            if applies {
                condition.apply_to.push(stage);
                condition.apply_to.sort();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_move_and_copies_get_names_of_their_own() {
        let mut conditions = ["a", "b"].map(Condition::unchanged).to_vec();
        apply(&mut conditions, Change::Down(0));
        apply(&mut conditions, Change::Copy(1));
        apply(&mut conditions, Change::Copy(1));
        let names: Vec<_> = conditions.iter().map(|condition| condition.name.as_str()).collect();
        assert_eq!(names, ["b", "a", "a 3", "a 2"]);
        apply(&mut conditions, Change::Move { from: 0, to: 2 });
        assert_eq!(conditions[2].name, "b");
        apply(&mut conditions, Change::Remove(0));
        assert_eq!(conditions.len(), 3);
    }
}
