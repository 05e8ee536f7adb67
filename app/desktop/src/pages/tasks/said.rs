//! What the plan says of a task's kind and labels, where the automatic rule is wrong.

use super::kind_words;
use crate::command::Command;
use crate::state::State;
use crate::theme::colours;
use crate::widgets::{self, caption, choice, row, section};
use egui::{RichText, TextEdit, Ui};
use placebo_experiment::plan::{Plan, TaskOverride};
use placebo_experiment::task::Task;
use placebo_plugin_api::TaskKind;

/// Draws the form; a change is an edit of the plan.
pub(super) fn show(ui: &mut Ui, state: &State, task: &Task, out: &mut Vec<Command>) {
    let plan = &state.draft.plan;
    let before = of(plan, &task.name);
    let mut said = before.clone();
    ui.horizontal(|ui| {
        section(ui, "As the plan has it");
        if is_said(&said) {
            ui.label(RichText::new("●").small().color(colours(ui).accent)).on_hover_text("Stronger than the rule");
            if widgets::ghost(ui, "As found").clicked() {
                said = nothing(&task.name);
            }
        }
    });
    caption(
        ui,
        "Kind and labels are found in the task's file; what is said here is stronger, for every run of the plan.",
    );
    row(ui, "Kind", "", |ui| {
        let found = format!("as found: {}", kind_words(task.output_space.kind));
        let options = [
            (None, if said.kind.is_none() { found } else { "as found".to_owned() }),
            (Some(TaskKind::Classification), "classification".to_owned()),
            (Some(TaskKind::Generation), "generation".to_owned()),
        ];
        choice(ui, "Kind of the task", &mut said.kind, &options)
    });
    row(ui, "Labels", "One a line; none for those that the instances have.", |ui| {
        let mut lines = said.labels.clone().unwrap_or_default().join("\n");
        let edit = TextEdit::multiline(&mut lines).desired_rows(2).desired_width(260.0).hint_text("as found");
        let response = ui.add(edit.margin(egui::Margin::symmetric(8, 6)));
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::MultilineTextInput, true, "Labels of the task")
        });
        if response.changed() {
            let labels: Vec<String> = lines.lines().map(str::to_owned).collect();
            said.labels = Some(labels).filter(|labels| !labels.is_empty());
        }
    });
    if said != before {
        out.push(Command::Edit(Box::new(with(plan, said))));
    }
}

fn of(plan: &Plan, task: &str) -> TaskOverride {
    plan.data.tasks.iter().find(|said| said.name == task).cloned().unwrap_or_else(|| nothing(task))
}

fn nothing(task: &str) -> TaskOverride {
    TaskOverride { name: task.to_owned(), kind: None, labels: None }
}

fn is_said(said: &TaskOverride) -> bool {
    said.kind.is_some() || said.labels.is_some()
}

/// The plan that says this of a task, and nothing where there is nothing to say.
fn with(plan: &Plan, said: TaskOverride) -> Plan {
    let mut plan = plan.clone();
    match plan.data.tasks.iter().position(|known| known.name == said.name) {
        Some(place) if is_said(&said) => plan.data.tasks[place] = said,
        Some(place) => drop(plan.data.tasks.remove(place)),
        None => plan.data.tasks.push(said),
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Draft;

    #[test]
    fn what_is_said_is_kept_until_nothing_is_said() {
        let plan = Draft::default().plan;
        let said = TaskOverride { kind: Some(TaskKind::Generation), ..nothing("t") };
        let plan = with(&plan, said.clone());
        assert_eq!(of(&plan, "t"), said);
        let plan = with(&plan, nothing("t"));
        assert!(plan.data.tasks.is_empty());
    }
}
