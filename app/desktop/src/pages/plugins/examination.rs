//! What an examination of a plugin found, check by check.

use crate::pages::counted;
use crate::state::State;
use crate::theme::{SMALL, TIGHT, colours};
use crate::widgets::{caption, section};
use egui::{RichText, Ui};
use placebo_experiment::plugin::Finding;
use std::path::Path;

/// Draws the findings about what lies at a path, if it was examined last.
pub(super) fn show(ui: &mut Ui, state: &State, path: &Path) {
    let Some(examination) = state.workbench.examination.as_ref().filter(|examination| examination.path == path) else {
        return;
    };
    ui.add_space(SMALL);
    ui.horizontal(|ui| {
        section(ui, "Examination");
        if !examination.done {
            ui.spinner();
        }
    });
    if let Some(fault) = &examination.error {
        ui.label(RichText::new(fault).color(colours(ui).bad));
        return;
    }
    let failed = examination.findings.iter().filter(|finding| finding.fault.is_some()).count();
    caption(ui, &format!("{}, {failed} failed", counted(examination.findings.len(), "check")));
    ui.spacing_mut().item_spacing.y = TIGHT;
    examination.findings.iter().filter(|finding| finding.fault.is_some()).for_each(|finding| failed_one(ui, finding));
    if examination.done && failed == 0 {
        ui.label(RichText::new("✓ it keeps every promise of the interface").color(colours(ui).good));
    }
}

fn failed_one(ui: &mut Ui, finding: &Finding) {
    let plugin = if finding.plugin.is_empty() { String::new() } else { format!("{}: ", finding.plugin) };
    let text = format!("✗ {plugin}not true that {}", finding.claim);
    ui.label(RichText::new(text).color(colours(ui).bad));
    caption(ui, finding.fault.as_deref().unwrap_or_default());
}
