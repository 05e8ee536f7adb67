//! Answers of several runs side by side, which of them to look at, and the prompt behind each.

mod one;

use super::whole;
use crate::command::Command;
use crate::state::{AnswerRow, Answers, Asked, Given, Page, RunView, State, Verdict};
use crate::theme::{Inks, MEDIUM, SMALL, colours};
use crate::widgets::{self, caption, choice, empty, header, swatch, text};
use egui::{Align, Color32, Frame, Layout, Margin, Panel, RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder, TableRow};
use egui_material_icons::icons::{ICON_ADD, ICON_CLOSE, ICON_FACT_CHECK, ICON_HOURGLASS_EMPTY};
use placebo_experiment::results::RunState;
use placebo_experiment::run_spec::RunKind;
use std::path::PathBuf;
use std::sync::Arc;

const LINE: f32 = 30.0;
/// The width of a task's name.
const TASK: f32 = 230.0;
/// Between a column's edge and what stands in it.
const INSIDE: f32 = 4.0;
/// Runs side by side, at most.
const MOST: usize = 4;
/// The columns' letters.
const LETTERS: [&str; MOST] = ["A", "B", "C", "D"];
/// The share of the page that the row looked at closely gets.
const SIDE: f32 = 0.4;

/// Draws the page.
pub fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    if state.results.path.is_none() {
        let texts = (
            "No answers yet",
            "Every answer of every run is kept. Here two runs are laid side by side: what one gets right and the other wrong.",
        );
        return empty(ui, ICON_FACT_CHECK, texts, &[Command::RunSample, Command::ChooseResults], out);
    }
    let runs = finished(state);
    if runs.is_empty() {
        let texts = ("No run is finished yet", "Answers stand here as soon as two runs are finished.");
        return empty(ui, ICON_HOURGLASS_EMPTY, texts, &[Command::Show(Page::Runs)], out);
    }
    let answers = &state.answers;
    let (found, all) = (whole(answers.found.len() as f64), whole(answers.sheet.rows.len() as f64));
    header(ui, "Answers", &format!("{found} of {all} instances"), |ui| {
        let words = "Write these answers";
        if ui.add_enabled_ui(!answers.found.is_empty(), |ui| widgets::plain(ui, None, words)).inner.clicked() {
            out.push(Command::ExportAnswers);
        }
        if answers.busy {
            ui.spinner();
        }
    });
    asked(ui, state, &runs, out);
    ui.add_space(SMALL);
    if let Some(fault) = &answers.error {
        return caption(ui, fault);
    }
    if answers.found.is_empty() && !answers.busy {
        return caption(ui, "No answer fits; choose another verdict or task, or a shorter text.");
    }
    if answers.row().is_some() {
        let frame = Frame::new().inner_margin(Margin { left: MEDIUM as i8, right: 0, top: 0, bottom: SMALL as i8 });
        let width = ui.available_width() * SIDE;
        Panel::right("answer")
            .frame(frame)
            .exact_size(width)
            .resizable(false)
            .show_separator_line(false)
            .show(ui, |ui| one::show(ui, state, out));
    }
    egui::CentralPanel::default().frame(Frame::NONE).show(ui, |ui| table(ui, answers, out));
}

fn finished(state: &State) -> Vec<&Arc<RunView>> {
    let closed = [RunKind::RandomGuess];
    let done = |run: &&Arc<RunView>| run.state == RunState::Finished && !closed.contains(&run.spec.kind);
    let mut runs: Vec<_> = state.results.runs.iter().filter(done).collect();
    runs.sort_by_key(|run| {
        (run.spec.kind, run.spec.condition.name.clone(), run.spec.data.train_instances_per_task, run.spec.seed)
    });
    runs
}

fn asked(ui: &mut Ui, state: &State, runs: &[&Arc<RunView>], out: &mut Vec<Command>) {
    let mut asked = state.answers.asked.clone();
    ui.horizontal_wrapped(|ui| {
        columns(ui, state, runs, &mut asked);
    });
    ui.horizontal_wrapped(|ui| {
        caption(ui, "Show");
        choice(ui, "Verdict", &mut asked.verdict, &Verdict::ALL.map(|verdict| (verdict, verdict.title().to_owned())));
        caption(ui, "of");
        let mut tasks = vec![(None, "all tasks".to_owned())];
        tasks.extend(state.answers.sheet.tasks.iter().map(|task| (Some(task.to_string()), task.to_string())));
        choice(ui, "Task", &mut asked.task, &tasks);
        caption(ui, "holding");
        text(ui, "Text in answers", &mut asked.text, 180.0);
    });
    if asked != state.answers.asked {
        out.push(Command::CompareAnswers(asked));
    }
}

/// Which run stands in which column.
fn columns(ui: &mut Ui, state: &State, runs: &[&Arc<RunView>], asked: &mut Asked) {
    let inks = state.inks();
    let options: Vec<(PathBuf, String)> = runs.iter().map(|run| (run.path.clone(), run.title())).collect();
    let chosen: Vec<PathBuf> = asked.runs().unwrap_or_default().into_iter().cloned().collect();
    let mut now = chosen.clone();
    for (letter, run) in LETTERS.iter().zip(&mut now) {
        swatch(ui, ink(ui, state, &inks, run));
        ui.label(*letter);
        choice(ui, &format!("Run {letter}"), run, &options);
        ui.add_space(SMALL);
    }
    let next = options.iter().map(|(path, _)| path).find(|path| !now.contains(path)).cloned();
    if now.len() < MOST
        && let Some(next) = next
        && widgets::small(ui, ICON_ADD, "Add a run").clicked()
    {
        now.push(next);
    }
    if now.len() > 2 && widgets::small(ui, ICON_CLOSE, "Take the last run away").clicked() {
        now.pop();
    }
    if now != chosen {
        let mut runs = now.into_iter();
        (asked.a, asked.b, asked.more) = (runs.next(), runs.next(), runs.collect());
    }
}

fn ink(ui: &Ui, state: &State, inks: &Inks, path: &PathBuf) -> Color32 {
    let run = state.results.runs.iter().find(|run| run.path == *path);
    let tuned = run.filter(|run| run.spec.kind == RunKind::FineTune);
    inks.colour(tuned.map_or("", |run| run.spec.condition.name.as_str()), ui.visuals().dark_mode)
}

fn table(ui: &mut Ui, answers: &Answers, out: &mut Vec<Command>) {
    let runs = answers.sheet.rows.first().map_or(2, |row| row.given.len());
    let task = if answers.shown.is_some() { TASK * 0.7 } else { TASK };
    let part = ((ui.available_width() - task - 5.0 * MEDIUM) / (runs + 1) as f32).max(110.0);
    let table = TableBuilder::new(ui)
        .id_salt(("answers", runs, answers.shown.is_some()))
        .striped(true)
        .sense(Sense::click())
        .auto_shrink([false, false])
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::initial(task).resizable(true))
        .columns(Column::initial(part).resizable(true), runs)
        .column(Column::remainder());
    let heads = LETTERS[..runs.min(MOST)].iter().map(|letter| format!("{letter} answered"));
    table
        .header(LINE, |mut header| {
            for name in ["Task".to_owned()].into_iter().chain(heads).chain(["Right".to_owned()]) {
                header.col(|ui| {
                    ui.add_space(INSIDE);
                    ui.label(RichText::new(name).small().color(colours(ui).weak));
                });
            }
        })
        .body(|body| {
            body.rows(LINE, answers.found.len(), |mut line| {
                let place = answers.found.get(line.index()).copied();
                let Some((place, row)) = place.and_then(|place| Some((place, answers.sheet.rows.get(place)?))) else {
                    return;
                };
                line.set_selected(answers.shown == Some(place));
                draw(&mut line, row);
                let response = line.response();
                widgets::named(&response, &format!("{}, {}", row.task, row.instance));
                if response.clicked() {
                    out.push(Command::ShowAnswer(Some(place).filter(|place| answers.shown != Some(*place))));
                }
            });
        });
}

fn draw(line: &mut TableRow, row: &AnswerRow) {
    line.col(|ui| {
        ui.add_space(INSIDE);
        ui.add(egui::Label::new(&*row.task).selectable(false).truncate());
    });
    for answer in &row.given {
        line.col(|ui| given(ui, answer));
    }
    line.col(|ui| {
        ui.add_space(INSIDE);
        let right = RichText::new(row.references.join(" | ")).color(colours(ui).weak);
        ui.add(egui::Label::new(right).selectable(false).truncate());
    });
}

/// An answer with a sign for right and wrong, since colour alone does not reach everyone.
fn given(ui: &mut Ui, answer: &Given) {
    ui.add_space(INSIDE);
    sign(ui, answer.right);
    let shown = if answer.text.is_empty() { "(empty)" } else { answer.text.as_str() };
    ui.add(egui::Label::new(shown).selectable(false).truncate());
}

fn sign(ui: &mut Ui, right: bool) {
    let colours = colours(ui);
    let (sign, ink) = if right { ("✓", colours.good) } else { ("✗", colours.bad) };
    ui.add(egui::Label::new(RichText::new(sign).color(ink)).selectable(false));
}
