//! The comparison as a table: the very numbers of the chart.

use crate::theme::{Inks, SMALL, colours};
use crate::widgets::{caption, swatch};
use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder, TableRow};
use placebo_experiment::report::{Cell, Comparison, Row};
use placebo_experiment::run_spec::RunKind;

const LINE: f32 = 30.0;

/// Draws table and notes.
pub(super) fn show(ui: &mut Ui, comparison: &Comparison, inks: &Inks) {
    let has_differences =
        comparison.rows.iter().flat_map(|row| row.cells.iter().flatten()).any(|cell| cell.difference.is_some());
    let table = TableBuilder::new(ui)
        .id_salt("comparison")
        .vscroll(false)
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(210.0))
        .columns(Column::exact(76.0), 2)
        .columns(Column::remainder().at_least(150.0).clip(true), comparison.columns.len());
    table
        .header(LINE, |mut header| {
            head(&mut header, "Condition");
            head(&mut header, "Per task");
            head(&mut header, "Seeds");
            comparison.columns.iter().for_each(|column| head(&mut header, &column.title()));
        })
        .body(|mut body| {
            for row in &comparison.rows {
                body.row(if has_differences { LINE + 14.0 } else { LINE }, |mut line| draw(&mut line, row, inks));
            }
        });
    ui.add_space(SMALL);
    for note in comparison.notes() {
        caption(ui, &note);
    }
}

fn head(row: &mut TableRow, text: &str) {
    row.col(|ui| {
        let weak = colours(ui).weak;
        ui.add(egui::Label::new(RichText::new(text).small().color(weak)).truncate());
    });
}

fn draw(line: &mut TableRow, row: &Row, inks: &Inks) {
    line.col(|ui| {
        let name = if row.kind == RunKind::FineTune { row.condition.as_str() } else { "" };
        swatch(ui, inks.colour(name, ui.visuals().dark_mode));
        ui.add(egui::Label::new(&row.condition).truncate());
    });
    let counts = [row.train_instances_per_task, Some(row.seeds).filter(|seeds| *seeds > 0)];
    for count in counts {
        line.col(|ui| {
            ui.label(count.map_or_else(|| "–".to_owned(), |count| count.to_string()));
        });
    }
    for cell in &row.cells {
        line.col(|ui| match cell {
            Some(cell) => number(ui, cell),
            None => {
                ui.label("–");
            }
        });
    }
}

fn number(ui: &mut Ui, cell: &Cell) {
    let weak = colours(ui).weak;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.horizontal(|ui| {
            ui.label(crate::theme::strong(format!("{:.1}", cell.mean)));
            if let Some(interval) = cell.interval {
                ui.label(RichText::new(format!("[{:.1}, {:.1}]", interval.low, interval.high)).color(weak));
            } else if let Some(deviation) = cell.deviation {
                ui.label(RichText::new(format!("± {deviation:.1}")).color(weak));
            }
        });
        if let Some(difference) = &cell.difference {
            let p = difference.p.as_ref().map(|p| format!(", p = {}", p.corrected)).unwrap_or_default();
            ui.label(RichText::new(format!("{:+.1} points{p}", difference.points)).small().color(weak));
        }
    })
    .response
    .on_hover_text(format!("{} runs, {} tasks, {} instances", cell.runs, cell.tasks, cell.instances));
}
