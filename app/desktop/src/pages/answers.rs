//! Answers of two runs side by side, and which of them to look at.

use crate::command::Command;
use crate::state::{AnswerRow, Page, RunView, State, Verdict};
use crate::theme::{Inks, MEDIUM, SMALL, colours};
use crate::widgets::{self, caption, choice, empty, header, swatch, text};
use egui::{Align, Color32, Layout, RichText, Ui};
use egui_extras::{Column, TableBody, TableBuilder};
use egui_material_icons::icons::{ICON_FACT_CHECK, ICON_HOURGLASS_EMPTY};
use placebo_experiment::results::RunState;
use placebo_experiment::run_spec::RunKind;
use std::path::PathBuf;
use std::sync::Arc;

const LINE: f32 = 30.0;

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
    let sentence = format!("{} of {} instances", answers.found.len(), answers.rows.len());
    header(ui, "Answers", &sentence, |ui| {
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
        return caption(ui, "No answer fits; choose another verdict or a shorter text.");
    }
    table(ui, state);
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

fn words(run: &RunView) -> String {
    match run.spec.kind {
        RunKind::FineTune => format!("{} · {}", run.spec.condition.name, run.details()),
        _ => run.spec.condition.name.clone(),
    }
}

fn asked(ui: &mut Ui, state: &State, runs: &[&Arc<RunView>], out: &mut Vec<Command>) {
    let mut asked = state.answers.asked.clone();
    let inks = state.inks();
    let options: Vec<(Option<PathBuf>, String)> = runs.iter().map(|run| (Some(run.path.clone()), words(run))).collect();
    ui.horizontal_wrapped(|ui| {
        for (letter, chosen) in [("A", &mut asked.a), ("B", &mut asked.b)] {
            swatch(ui, ink(ui, state, &inks, chosen.as_ref()));
            ui.label(letter);
            choice(ui, &format!("Run {letter}"), chosen, &options);
            ui.add_space(SMALL);
        }
        choice(ui, "Verdict", &mut asked.verdict, &Verdict::ALL.map(|verdict| (verdict, verdict.title().to_owned())));
        ui.add_space(SMALL);
        caption(ui, "holding");
        text(ui, "Text in answers", &mut asked.text, 180.0);
    });
    if asked != state.answers.asked {
        out.push(Command::CompareAnswers(asked));
    }
}

fn ink(ui: &Ui, state: &State, inks: &Inks, path: Option<&PathBuf>) -> Color32 {
    let run = state.results.runs.iter().find(|run| Some(&run.path) == path);
    let tuned = run.filter(|run| run.spec.kind == RunKind::FineTune);
    inks.colour(tuned.map_or("", |run| run.spec.condition.name.as_str()), ui.visuals().dark_mode)
}

fn table(ui: &mut Ui, state: &State) {
    let answers = &state.answers;
    let part = ((ui.available_width() - 260.0 - 4.0 * MEDIUM) / 3.0).max(120.0);
    let table = TableBuilder::new(ui)
        .id_salt("answers")
        .striped(true)
        .auto_shrink([false, false])
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::initial(260.0).resizable(true).clip(true))
        .columns(Column::initial(part).resizable(true).clip(true), 2)
        .column(Column::remainder().clip(true));
    table
        .header(LINE, |mut header| {
            for name in ["Task", "A answered", "B answered", "Right"] {
                header.col(|ui| drop(ui.label(RichText::new(name).small().color(colours(ui).weak))));
            }
        })
        .body(|body| rows(body, &answers.rows, &answers.found));
}

fn rows(body: TableBody, rows: &[AnswerRow], found: &[usize]) {
    body.rows(LINE, found.len(), |mut line| {
        let Some(row) = found.get(line.index()).and_then(|place| rows.get(*place)) else { return };
        line.col(|ui| {
            ui.add(egui::Label::new(&row.task).truncate()).on_hover_text(format!("{}\n{}", row.task, row.instance));
        });
        for (answer, right) in [(&row.a, row.a_right), (&row.b, row.b_right)] {
            line.col(|ui| given(ui, answer, right));
        }
        line.col(|ui| {
            let right = row.references.join(" | ");
            ui.add(egui::Label::new(RichText::new(&right).color(colours(ui).weak)).truncate()).on_hover_text(right);
        });
    });
}

/// An answer with a sign for right and wrong, since colour alone does not reach everyone.
fn given(ui: &mut Ui, answer: &str, right: bool) {
    let colours = colours(ui);
    let (sign, ink) = if right { ("✓", colours.good) } else { ("✗", colours.bad) };
    ui.label(RichText::new(sign).color(ink));
    let shown = if answer.is_empty() { "(empty)" } else { answer };
    ui.add(egui::Label::new(shown).truncate()).on_hover_text(shown);
}
