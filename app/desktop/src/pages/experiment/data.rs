//! Name, tasks, sizes and seeds.

use crate::command::Command;
use crate::settings::AUTO;
use crate::state::State;
use crate::theme::colours;
use crate::widgets::{self, choice, list, number, path, row, section, text, wide_card};
use egui::{RichText, Ui};
use egui_material_icons::icons::{ICON_CLOSE, ICON_FOLDER_OPEN};
use placebo_experiment::plan::Plan;
use std::num::NonZeroUsize;

/// Draws the section.
pub(super) fn show(ui: &mut Ui, state: &State, plan: &mut Plan, out: &mut Vec<Command>) {
    wide_card(ui, |ui| {
        section(ui, "Experiment");
        row(ui, "Name", "Names the folder of the results.", |ui| text(ui, "Name", &mut plan.name, 220.0));
        row(ui, "Results", "Every plan gets a folder of its name in here.", |ui| {
            let mut results = state.settings.results.clone();
            if path(ui, "Results", &mut results, (ui.available_width() - 16.0).max(120.0)) {
                out.push(Command::SetResults(results));
            }
        });
        row(ui, "Device", "What runs compute on; “auto” takes a GPU where there is one.", |ui| {
            device(ui, state, out);
        });
        let help = "Runs that share the cores: the program tells by the model and the free memory what is worthwhile.";
        row(ui, "Side by side", help, |ui| jobs(ui, state, out));
        if !plan.plugins.is_empty() {
            row(ui, "Plugins", "Folders that this plan's own transforms and metrics lie in.", |ui| plugins(ui, plan));
        }
        row(ui, "Seeds", "One run per condition, size and seed; three or more give intervals worth reading.", |ui| {
            list(ui, "Seeds", &mut plan.seeds, "whole numbers with commas between")
        });
    });
    wide_card(ui, |ui| {
        section(ui, "Data");
        row(ui, "Task collection", &found(state), |ui| {
            let width = (ui.available_width() - 56.0).max(120.0);
            path(ui, "Task collection", &mut plan.data.path, width);
            if widgets::small(ui, ICON_FOLDER_OPEN, "Choose a task collection").clicked() {
                out.push(Command::ChooseData);
            }
        });
        if let Some(Err(fault)) = &state.tasks.book {
            ui.label(RichText::new(fault).color(colours(ui).bad));
        }
        row(ui, "Track", "The folder under “splits” that tells training from test tasks.", |ui| {
            text(ui, "Track", &mut plan.data.track, 140.0)
        });
        row(ui, "Training instances", "Per task; several sizes, such as 10, 50, 200, are an axis of the grid.", |ui| {
            list(ui, "Training instances", &mut plan.data.train.instances_per_task, "whole numbers with commas between")
        });
        row(ui, "Test instances", "The first so many of every unseen task; 100 is the official number.", |ui| {
            number(ui, "Test instances", &mut plan.data.test.instances_per_task, 1..=1_000_000)
        });
    });
}

fn device(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let mut device = state.settings.device.clone();
    let mut names = [AUTO, "cpu", "cuda:0", "cuda:1", "metal"].map(str::to_owned).to_vec();
    if !names.contains(&device) {
        names.push(device.clone());
    }
    let options: Vec<_> = names.into_iter().map(|name| (name.clone(), name)).collect();
    if choice(ui, "Device", &mut device, &options) {
        out.push(Command::SetDevice(device));
    }
}

fn jobs(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let mut jobs = state.settings.jobs;
    let name = |jobs: Option<NonZeroUsize>| jobs.map_or(AUTO.to_owned(), |jobs| jobs.to_string());
    let counts = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32].map(NonZeroUsize::new);
    let mut options: Vec<_> = [None].into_iter().chain(counts).map(|jobs| (jobs, name(jobs))).collect();
    if !options.iter().any(|(option, _)| *option == jobs) {
        options.push((jobs, name(jobs)));
    }
    if choice(ui, "Side by side", &mut jobs, &options) {
        out.push(Command::SetJobs(jobs));
    }
}

fn plugins(ui: &mut Ui, plan: &mut Plan) {
    let mut gone = None;
    ui.vertical(|ui| {
        for (place, path) in plan.plugins.iter().enumerate() {
            ui.horizontal(|ui| {
                ui.add(egui::Label::new(path.display().to_string()).truncate());
                if widgets::small(ui, ICON_CLOSE, &format!("Do without {}", path.display())).clicked() {
                    gone = Some(place);
                }
            });
        }
    });
    if let Some(place) = gone {
        plan.plugins.remove(place);
    }
}

/// What the collection holds, as far as it is read.
fn found(state: &State) -> String {
    match &state.tasks.book {
        Some(Ok(book)) => {
            let unusable = book.train.problems.len() + book.test.problems.len();
            let unusable =
                if unusable > 0 { format!(", {unusable} files unusable, see page Tasks") } else { String::new() };
            format!("{} training and {} test tasks{unusable}.", book.train.tasks.len(), book.test.tasks.len())
        }
        Some(Err(_)) => "This folder cannot be read as a collection.".to_owned(),
        None if state.tasks.data.is_some() => "Reading …".to_owned(),
        None => "A folder in the layout of Super-NaturalInstructions; drop it anywhere on this window.".to_owned(),
    }
}
