//! Conditions side by side: chart, table, what is asked, and the figure as it will be exported.

mod asked;
mod table;

use crate::command::Command;
use crate::perform::export_folder;
use crate::state::{Page, State};
use crate::theme::{Inks, LARGE, MEDIUM, SMALL};
use crate::widgets::{self, caption, empty, header, section, swatch, wide_card};
use egui::{RichText, ScrollArea, Ui};
use egui_material_icons::icons::{ICON_HOURGLASS_EMPTY, ICON_INSERT_CHART};
use placebo_experiment::report::figure::{FigureData, Kind};

/// Draws the page.
pub fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let compare = &state.compare;
    if state.results.path.is_none() {
        let texts = (
            "Nothing to compare yet",
            "When runs are finished, their conditions stand here side by side, with intervals and what guessing would score.",
        );
        return empty(ui, ICON_INSERT_CHART, texts, &[Command::RunSample, Command::ChooseResults], out);
    }
    let finished = state.results.runs.len() - state.results.unfinished();
    if finished == 0 {
        let texts =
            ("No run is finished yet", "The comparison begins with the first finished run and grows with each.");
        return empty(ui, ICON_HOURGLASS_EMPTY, texts, &[Command::Show(Page::Runs)], out);
    }
    let sentence = format!("{finished} of {} runs finished", state.results.runs.len());
    header(ui, &state.results.name(), &sentence, |ui| {
        widgets::primary(ui, matches!(compare.chart, Some(Ok(_))), &Command::Export, out);
        if compare.busy {
            ui.spinner();
        }
    });
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for problem in &compare.problems {
            ui.label(RichText::new(problem).color(crate::theme::colours(ui).bad));
        }
        asked::show(ui, state, out);
        ui.add_space(SMALL);
        answer(ui, state, out);
        ui.add_space(LARGE);
    });
}

fn answer(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let compare = &state.compare;
    if let Some(fault) = &compare.error {
        wide_card(ui, |ui| {
            section(ui, "This cannot be answered");
            ui.add(egui::Label::new(fault).wrap());
            if widgets::plain(ui, None, "Ask the usual question").clicked() {
                out.push(Command::Ask(Box::default()));
            }
        });
        return;
    }
    let inks = state.inks();
    wide_card(ui, |ui| chart(ui, state, &inks));
    if let Some(comparison) = &compare.comparison {
        wide_card(ui, |ui| table::show(ui, comparison, &inks));
    }
    wide_card(ui, |ui| exported(ui, state, out));
}

fn chart(ui: &mut Ui, state: &State, inks: &Inks) {
    match &state.compare.chart {
        None => {
            ui.set_min_height(widgets::tall(ui, state.settings.charts.share()));
            caption(ui, "Computing …");
        }
        Some(Err(fault)) => caption(ui, fault),
        Some(Ok(data)) => panels(ui, data, state, inks),
    }
}

/// Whether a kind is drawn with numbers to hover over; the others are shown as their files will show them.
fn is_live(kind: Kind) -> bool {
    matches!(kind, Kind::Bars | Kind::Lines | Kind::Scatter | Kind::Slope)
}

fn panels(ui: &mut Ui, data: &FigureData, state: &State, inks: &Inks) {
    let kind = state.compare.spec.kind;
    legend(ui, data, inks);
    if !is_live(kind) {
        return picture(ui, state);
    }
    let height = widgets::tall(ui, state.settings.charts.share());
    ui.columns(data.panels.len().clamp(1, 3), |columns| {
        for (place, panel) in data.panels.iter().enumerate() {
            let ui = &mut columns[place % 3];
            ui.label(crate::theme::strong(&panel.title));
            caption(ui, &panel.y);
            match kind {
                Kind::Lines => widgets::lines(ui, panel, inks, height),
                Kind::Scatter => widgets::scatter(ui, panel, inks, height),
                Kind::Slope => widgets::slope(ui, panel, inks, height),
                _ => widgets::bars(ui, panel, inks, height),
            }
            levels(ui, panel);
        }
    });
    ui.add_space(SMALL);
    caption(ui, &data.caption);
}

/// A blank that no line breaks at.
const BOUND: &str = "\u{a0}";

/// The values of what the dashed lines are, in words below the panel: their names would cover bars.
fn levels(ui: &mut Ui, panel: &placebo_experiment::report::figure::Panel) {
    let across = panel.references.iter().filter(|level| level.at.is_none());
    let texts: Vec<_> = across.map(|level| format!("{} {:.1}", level.name, level.value).replace(' ', BOUND)).collect();
    if !texts.is_empty() {
        let weak = crate::theme::colours(ui).weak;
        let words = RichText::new(format!("- - -  {}", texts.join(" · "))).small().color(weak);
        // Columns justify what stands in them, which tears words apart.
        ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| ui.add(egui::Label::new(words).wrap()));
    }
}

fn legend(ui: &mut Ui, data: &FigureData, inks: &Inks) {
    let mut names: Vec<&str> = Vec::new();
    for series in data.panels.iter().flat_map(|panel| &panel.series) {
        if !names.contains(&series.name.as_str()) {
            names.push(&series.name);
        }
    }
    let dark = ui.visuals().dark_mode;
    ui.horizontal_wrapped(|ui| {
        for name in names {
            swatch(ui, inks.colour(name, dark));
            ui.label(name);
            ui.add_space(MEDIUM);
        }
    });
    ui.add_space(SMALL);
}

fn picture(ui: &mut Ui, state: &State) {
    match &state.compare.picture {
        None => caption(ui, "Drawing …"),
        Some(Err(fault)) => caption(ui, fault),
        Some(Ok(picture)) => {
            let sentence = state.compare.chart.as_ref().and_then(|chart| chart.as_ref().ok());
            widgets::figure(ui, picture, sentence.map_or("", |data| data.caption.as_str()));
        }
    }
}

/// The figure as its files will show it, and where they go.
fn exported(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    section(ui, "Figure for a paper");
    caption(
        ui,
        "What the files will show, at half again its printed size. Written as SVG, PDF, PNG, LaTeX, CSV and JSON, with the tables beside.",
    );
    ui.add_space(SMALL);
    asked::dress(ui, state, out);
    ui.add_space(SMALL);
    if is_live(state.compare.spec.kind) {
        picture(ui, state);
    }
    ui.add_space(SMALL);
    ui.horizontal(|ui| {
        widgets::command(ui, matches!(state.compare.chart, Some(Ok(_))), &Command::Export, out);
        if let Some(folder) = export_folder(state) {
            caption(ui, &format!("to {}", folder.display()));
        }
    });
}
