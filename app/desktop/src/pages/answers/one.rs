//! One instance closely: what would be right, what each run answered, and the prompts that they answered to.

use super::{LETTERS, sign};
use crate::command::Command;
use crate::state::{Answers, Behind, State};
use crate::theme::{MEDIUM, SMALL, TIGHT, colours};
use crate::widgets::{self, caption, section, wide_card};
use egui::{Align, Id, Layout, RichText, ScrollArea, Ui};
use egui_material_icons::icons::{ICON_CLOSE, ICON_CONTENT_COPY};

/// Draws the row looked at.
pub(super) fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let answers = &state.answers;
    let Some(row) = answers.row() else { return };
    let height = ui.available_height() - 2.0 * MEDIUM - 2.0;
    wide_card(ui, |ui| {
        ui.set_height(height);
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if widgets::small(ui, ICON_CLOSE, "Close this answer").clicked() {
                    out.push(Command::ShowAnswer(None));
                }
                if widgets::small(ui, ICON_CONTENT_COPY, "Copy this answer").clicked() {
                    out.push(Command::Copy(copied(answers)));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(crate::theme::strong(&*row.task)).truncate());
                });
            });
        });
        caption(ui, &format!("instance {}", row.instance));
        ScrollArea::vertical().id_salt("one answer").auto_shrink([false, false]).show(ui, |ui| {
            labelled(ui, "Right", &row.references.join("\n"));
            for (letter, given) in LETTERS.iter().zip(&row.given) {
                ui.add_space(SMALL);
                ui.horizontal(|ui| {
                    caption(ui, letter);
                    sign(ui, given.right);
                    if given.outside {
                        ui.label(RichText::new("not one of the labels").small().color(colours(ui).warn));
                    }
                });
                ui.add(egui::Label::new(if given.text.is_empty() { "(empty)" } else { &given.text }).wrap());
            }
            ui.add_space(MEDIUM);
            prompts(ui, answers);
        });
    });
}

fn labelled(ui: &mut Ui, head: &str, text: &str) {
    caption(ui, head);
    ui.add(egui::Label::new(text).wrap());
}

/// One prompt at a time: those of conditions differ in a few words, and each is long.
fn prompts(ui: &mut Ui, answers: &Answers) {
    let id = Id::unique("prompt behind an answer");
    let mut shown: usize = ui.data(|data| data.get_temp(id)).unwrap_or(0);
    ui.horizontal(|ui| {
        section(ui, "Prompt");
        for (place, letter) in LETTERS.iter().enumerate().take(answers.behind.len()) {
            let button = ui.selectable_value(&mut shown, place, *letter);
            widgets::named(&button, &format!("Prompt of {letter}"));
        }
    });
    ui.add_space(TIGHT);
    match answers.behind.get(shown).or(answers.behind.first()) {
        None => caption(ui, "Building the prompt …"),
        Some(Err(fault)) => caption(ui, fault),
        Some(Ok(behind)) => prompt(ui, behind),
    }
    ui.data_mut(|data| data.insert_temp(id, shown));
}

fn prompt(ui: &mut Ui, behind: &Behind) {
    ui.add(egui::Label::new(RichText::new(&behind.prompt).monospace()).wrap());
    ui.add_space(SMALL);
    match behind.exact {
        true => caption(ui, "The very text that the run answered to, by its hash."),
        false => {
            let text = "Not the text that the run answered to: task files or plugins have changed since.";
            ui.label(RichText::new(text).color(colours(ui).warn));
        }
    }
}

/// Everything about the row as text.
fn copied(answers: &Answers) -> String {
    let Some(row) = answers.row() else { return String::new() };
    let mut lines = vec![format!("{} {}", row.task, row.instance), format!("right: {}", row.references.join(" | "))];
    for (letter, given) in LETTERS.iter().zip(&row.given) {
        lines.push(format!("{letter} ({}): {}", if given.right { "right" } else { "wrong" }, given.text));
    }
    for (letter, behind) in LETTERS.iter().zip(&answers.behind) {
        if let Ok(behind) = behind {
            lines.push(format!("--- prompt of {letter}\n{}", behind.prompt));
        }
    }
    lines.join("\n")
}
