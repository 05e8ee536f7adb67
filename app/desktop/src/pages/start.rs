//! Where to begin: the sample, an experiment of one's own, results that are there already.

use crate::command::Command;
use crate::state::State;
use crate::theme::{LARGE, MEDIUM, READABLE, SMALL, TIGHT, colours};
use crate::widgets::{self, caption, card, header, section};
use egui::{Id, RichText, ScrollArea, Ui, Vec2};
use egui_material_icons::icons::{ICON_CLOSE, ICON_DESCRIPTION, ICON_FOLDER};
use std::path::{Path, PathBuf};

/// Narrower cards do not stand beside each other: their buttons would be cut.
const NARROWEST: f32 = 264.0;
/// The height of a card's text, beside others.
const TALL: f32 = 84.0;

/// Draws the page.
pub fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.set_max_width(ui.available_width().min(READABLE + 200.0));
        header(ui, "Controlled trials of instruction tuning", "Does a model follow its instructions, or only the format of the answers? Train under several conditions, and compare.", |_| {});
        beginnings(ui, out);
        ui.add_space(LARGE);
        open_now(ui, state, out);
        recent(ui, state, out);
        by_path(ui, out);
    });
}

fn beginnings(ui: &mut Ui, out: &mut Vec<Command>) {
    let texts = [
        (
            Command::RunSample,
            "The sample",
            "Four conditions and five baselines on small tasks of our own, with a tiny model. About a minute on two cores, no download.",
        ),
        (
            Command::NewExperiment,
            "Your own",
            "Choose a task collection, alter its instructions, pick model and seeds. Nothing runs before you say so.",
        ),
        (
            Command::ChooseResults,
            "Results",
            "Look at what runs wrote, here or on a cluster: progress, comparison, answers.",
        ),
    ];
    let beside = (ui.available_width() - 2.0 * MEDIUM) / 3.0;
    if beside < NARROWEST {
        let width = ui.available_width();
        return texts.iter().for_each(|text| beginning(ui, text, Vec2::new(width, 0.0), out));
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = MEDIUM;
        texts.iter().for_each(|text| beginning(ui, text, Vec2::new(beside, TALL), out));
    });
}

/// A card; `size` is its width and the least height of its text.
fn beginning(ui: &mut Ui, (command, title, text): &(Command, &str, &str), size: Vec2, out: &mut Vec<Command>) {
    card(ui, |ui| {
        ui.set_width(size.x - 2.0 * MEDIUM - 2.0);
        ui.vertical(|ui| {
            section(ui, title);
            ui.allocate_ui(Vec2::new(ui.available_width(), size.y), |ui| {
                ui.set_min_height(size.y);
                caption(ui, text);
            });
            match command {
                Command::RunSample => widgets::primary(ui, true, command, out),
                _ => widgets::command(ui, true, command, out),
            }
        });
    });
}

fn open_now(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let results = &state.results;
    if results.runs.is_empty() {
        return;
    }
    section(ui, "Open now");
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(crate::theme::strong(results.name()));
            let done = results.runs.len() - results.unfinished();
            let at_work = if results.is_running() { ", at work" } else { "" };
            caption(ui, &format!("{done} of {} runs finished{at_work}", results.runs.len()));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                widgets::command(ui, true, &Command::Show(crate::state::Page::Compare), out);
                widgets::command(ui, true, &Command::Show(crate::state::Page::Runs), out);
            });
        });
    });
    ui.add_space(LARGE);
}

fn recent(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    section(ui, "Recent");
    if state.settings.recent.is_empty() {
        caption(ui, "Plans and results that you open stand here the next time.");
    }
    for path in state.settings.recent.iter().take(8) {
        ui.horizontal(|ui| {
            entry(ui, path, out);
        });
    }
    ui.add_space(LARGE);
}

fn entry(ui: &mut Ui, path: &Path, out: &mut Vec<Command>) {
    let is_plan = path.extension().is_some_and(|extension| extension == "toml");
    let icon = if is_plan { ICON_DESCRIPTION } else { ICON_FOLDER };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    ui.label(icon.rich_text().size(18.0).color(colours(ui).weak));
    let name = format!("{name}");
    if widgets::link(ui, &name).on_hover_text(path.display().to_string()).clicked() {
        out.push(Command::Open(path.to_owned()));
    }
    let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
    ui.add_space(TIGHT);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if widgets::small(ui, ICON_CLOSE, "Take off this list").clicked() {
            out.push(Command::Forget(path.to_owned()));
        }
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.add(egui::Label::new(RichText::new(folder).color(colours(ui).weak)).truncate());
        });
    });
}

fn by_path(ui: &mut Ui, out: &mut Vec<Command>) {
    section(ui, "Open by path");
    caption(ui, "A plan, results, or a task collection. Dropping it anywhere on the window does the same.");
    ui.add_space(TIGHT);
    let id = Id::unique("path to open");
    let mut path: PathBuf = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    ui.horizontal(|ui| {
        widgets::path(ui, "Path to open", &mut path, READABLE - 200.0);
        let entered = ui.input(|input| input.key_pressed(egui::Key::Enter)) && !path.as_os_str().is_empty();
        let pressed =
            ui.add_enabled_ui(!path.as_os_str().is_empty(), |ui| widgets::plain(ui, None, "Open").clicked()).inner;
        if pressed || entered {
            out.push(Command::Open(std::mem::take(&mut path)));
        }
    });
    ui.add_space(SMALL);
    ui.data_mut(|data| data.insert_temp(id, path));
}
