//! The plan in the making: its form at the left, what a model will read at the right, what it will cost below.

mod conditions;
mod data;
mod foot;
mod recipe;
pub(super) mod settings;
mod side;
mod training;

use crate::command::Command;
use crate::state::State;
use crate::theme::{LARGE, MEDIUM, SMALL};
use crate::widgets::{self, header};
use egui::{Frame, Margin, Panel, ScrollArea, Ui};
use egui_material_icons::icons::{ICON_REDO, ICON_UNDO};

/// The share of the page that the prompt gets.
const SIDE: f32 = 0.42;

/// Draws the page.
pub fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let draft = &state.draft;
    let file = draft.file.as_deref().map_or_else(|| "not saved yet".to_owned(), |file| file.display().to_string());
    let unsaved = if draft.file.is_some() && draft.is_unsaved() { ", changed since" } else { "" };
    header(ui, &draft.plan.name, &format!("Plan: {file}{unsaved}"), |ui| {
        widgets::command(ui, draft.is_unsaved(), &Command::SavePlan, out);
        ui.add_enabled_ui(draft.can_redo(), |ui| {
            if widgets::small(ui, ICON_REDO, "Redo the change").clicked() {
                out.push(Command::Redo);
            }
        });
        ui.add_enabled_ui(draft.can_undo(), |ui| {
            if widgets::small(ui, ICON_UNDO, "Undo the change").clicked() {
                out.push(Command::Undo);
            }
        });
    });
    let frame = Frame::new().inner_margin(Margin { left: 0, right: 0, top: 10, bottom: 14 });
    Panel::bottom("cost").frame(frame).show_separator_line(true).show(ui, |ui| foot::show(ui, state, out));
    let width = ui.available_width() * SIDE;
    let frame = Frame::new().inner_margin(Margin { left: MEDIUM as i8, right: 0, top: 0, bottom: SMALL as i8 });
    Panel::right("prompt")
        .frame(frame)
        .exact_size(width)
        .resizable(false)
        .show_separator_line(false)
        .show(ui, |ui| side::show(ui, state, out));
    egui::CentralPanel::default().frame(Frame::NONE).show(ui, |ui| form(ui, state, out));
}

/// The form edits a copy of the plan; a copy that differs is an edit.
fn form(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let mut plan = state.draft.plan.clone();
    ScrollArea::vertical().id_salt("form").auto_shrink([false, false]).show(ui, |ui| {
        data::show(ui, state, &mut plan, out);
        conditions::show(ui, state, &mut plan, out);
        recipe::model(ui, &mut plan, out);
        training::show(ui, &mut plan);
        recipe::prompts(ui, &mut plan);
        recipe::measures(ui, state, &mut plan);
        ui.add_space(LARGE);
    });
    if plan != state.draft.plan {
        out.push(Command::Edit(Box::new(plan)));
    }
}
