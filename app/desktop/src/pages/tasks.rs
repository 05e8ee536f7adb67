//! The plan's task collection: its tasks, and one of them closely.

mod said;

use crate::command::Command;
use crate::pages::counted;
use crate::state::{Page, State, TaskBook, TaskFilter};
use crate::theme::{MEDIUM, SMALL, TIGHT, colours};
use crate::widgets::{self, caption, choice, empty, header, section, text, wide_card};
use egui::{Align, Layout, RichText, ScrollArea, Ui, Vec2};
use egui_material_icons::icons::{ICON_FORMAT_LIST_BULLETED, ICON_HOURGLASS_EMPTY, ICON_REFRESH};
use placebo_experiment::split::Split;
use placebo_experiment::task::Task;
use placebo_plugin_api::TaskKind;

const LIST: f32 = 400.0;
const LINE: f32 = 26.0;

/// Draws the page.
pub fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let book = match &state.tasks.book {
        Some(Ok(book)) => book,
        Some(Err(fault)) => {
            let texts = ("This collection cannot be read", fault.as_str());
            return empty(ui, ICON_FORMAT_LIST_BULLETED, texts, &[Command::Show(Page::Experiment)], out);
        }
        None if state.tasks.data.is_some() => {
            return empty(
                ui,
                ICON_HOURGLASS_EMPTY,
                ("Reading the tasks", "Large collections take some seconds."),
                &[],
                out,
            );
        }
        None => {
            let texts = (
                "No task collection yet",
                "Choose one under Data on page Experiment, or drop its folder on this window; its tasks, labels and examples stand here.",
            );
            return empty(
                ui,
                ICON_FORMAT_LIST_BULLETED,
                texts,
                &[Command::Show(Page::Experiment), Command::TakeSample],
                out,
            );
        }
    };
    let unusable = book.train.problems.len() + book.test.problems.len();
    let unusable = if unusable > 0 { format!(", {} cannot be used", counted(unusable, "file")) } else { String::new() };
    let sentence = format!(
        "{} to train on, {} to be tested on{unusable}",
        counted(book.train.tasks.len(), "task"),
        book.test.tasks.len()
    );
    header(ui, "Tasks", &sentence, |ui| {
        if widgets::plain(ui, Some(ICON_REFRESH), "Read again").clicked() {
            out.push(Command::ReadTasks);
        }
    });
    let shown = state.tasks.shown.as_deref().and_then(|name| book.find(name)).or_else(|| book.all().next());
    let (width, height) = (widgets::list_width(ui, LIST), ui.available_height());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = MEDIUM;
        ui.allocate_ui_with_layout(Vec2::new(width, height), Layout::top_down(Align::Min), |ui| {
            ui.set_width(width);
            list(ui, state, (book, shown.map(|(_, task)| task.name.as_str())), out);
        });
        ui.vertical(|ui| {
            if let Some((split, task)) = shown {
                ScrollArea::vertical().id_salt("one task").auto_shrink([false, false]).show(ui, |ui| {
                    one(ui, state, (split, task), out);
                    problems(ui, book);
                });
            }
        });
    });
}

fn list(ui: &mut Ui, state: &State, (book, shown): (&TaskBook, Option<&str>), out: &mut Vec<Command>) {
    let mut filter = state.tasks.filter.clone();
    filters(ui, book, &mut filter);
    let found: Vec<_> = book.all().filter(|(split, task)| filter.admits(*split, task)).collect();
    caption(ui, &if found.is_empty() { "No task fits.".to_owned() } else { counted(found.len(), "task") });
    if filter != state.tasks.filter {
        out.push(Command::FindTasks(filter));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("tasks").auto_shrink([false, false]).show_rows(ui, LINE, found.len(), |ui, rows| {
        // So wide that a name is cut before it reaches its split.
        ui.set_max_width(ui.available_width() - MEDIUM);
        for (split, task) in &found[rows] {
            let weak = colours(ui).weak;
            let selected = shown == Some(task.name.as_str());
            let button = egui::Button::selectable(selected, task.name.as_str())
                .truncate()
                .right_text(RichText::new(split.name()).small().color(weak))
                .min_size(Vec2::new(ui.available_width(), LINE));
            let response = ui.add(button);
            widgets::named(&response, &task.name);
            if response.clicked() {
                out.push(Command::ShowTask(task.name.clone()));
            }
        }
    });
}

fn filters(ui: &mut Ui, book: &TaskBook, filter: &mut TaskFilter) {
    let width = ui.available_width() - 24.0;
    text(ui, "Search tasks", &mut filter.text, width);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = SMALL;
        let splits = [(None, "both splits"), (Some(Split::Train), "training"), (Some(Split::Test), "test")];
        choice(ui, "Split", &mut filter.split, &splits.map(|(split, words)| (split, words.to_owned())));
        let kinds = [
            (None, "both kinds"),
            (Some(TaskKind::Classification), "classification"),
            (Some(TaskKind::Generation), "generation"),
        ];
        choice(ui, "Kind", &mut filter.kind, &kinds.map(|(kind, words)| (kind, words.to_owned())));
        let mut categories = vec![(None, "all categories".to_owned())];
        categories.extend(book.categories().into_iter().map(|name| (Some(name.to_owned()), name.to_owned())));
        choice(ui, "Category", &mut filter.category, &categories);
    });
}

fn one(ui: &mut Ui, state: &State, (split, task): (Split, &Task), out: &mut Vec<Command>) {
    wide_card(ui, |ui| {
        section(ui, &task.name);
        let kind = kind_words(task.output_space.kind);
        let instances = counted(task.instance_count, "instance");
        let category = if task.categories.is_empty() { "no category".to_owned() } else { task.categories.join(", ") };
        caption(ui, &format!("{split} task · {kind} · {category} · {instances}"));
        ui.add_space(SMALL);
        ui.add(egui::Label::new(&task.definition).wrap());
        ui.add_space(SMALL);
        caption(ui, &lengths(task));
        labels(ui, task);
        for warning in &task.warnings {
            ui.label(RichText::new(warning).color(colours(ui).warn));
        }
    });
    wide_card(ui, |ui| said::show(ui, state, task, out));
    wide_card(ui, |ui| {
        section(ui, "Examples");
        for example in task.positive_examples.iter().take(4) {
            pair(ui, &example.input, &example.output);
        }
    });
    wide_card(ui, |ui| {
        section(ui, "Instances");
        for instance in task.instances.iter().take(8) {
            pair(ui, &instance.input, &instance.outputs.join(" | "));
        }
    });
}

fn kind_words(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Classification => "classification",
        TaskKind::Generation => "generation",
    }
}

/// How long inputs and answers are, of the instances at hand.
fn lengths(task: &Task) -> String {
    let words = |text: &str| text.split_whitespace().count();
    let told = |counts: Vec<usize>| {
        let mean = counts.iter().sum::<usize>() as f64 / counts.len().max(1) as f64;
        format!("{mean:.0} ({} at most)", counts.into_iter().max().unwrap_or(0))
    };
    let inputs = task.instances.iter().map(|instance| words(&instance.input)).collect();
    let outputs = task.instances.iter().flat_map(|instance| &instance.outputs).map(|output| words(output)).collect();
    format!("Words on average, of {} instances: {} in, {} out", task.instances.len(), told(inputs), told(outputs))
}

/// How the answers of a classification task are spread over its labels.
fn labels(ui: &mut Ui, task: &Task) {
    let all: usize = task.output_space.labels.iter().map(|label| label.count).sum();
    if all == 0 {
        return;
    }
    ui.add_space(SMALL);
    for label in task.output_space.labels.iter().take(12) {
        let share = label.count as f32 / all as f32;
        ui.horizontal(|ui| {
            let (size, left) = (Vec2::new(160.0, 18.0), Layout::left_to_right(Align::Center));
            ui.allocate_ui_with_layout(size, left, |ui| {
                ui.set_min_size(size);
                ui.add(egui::Label::new(&label.text).truncate());
            });
            widgets::meter(ui, share, 160.0, &label.text);
            caption(ui, &format!("{:.0} %", share * 100.0));
        });
    }
    if task.output_space.labels.len() > 12 {
        caption(ui, &format!("and {} more", counted(task.output_space.labels.len() - 12, "label")));
    }
}

fn pair(ui: &mut Ui, input: &str, output: &str) {
    let weak = colours(ui).weak;
    ui.add_space(TIGHT);
    ui.add(egui::Label::new(input).wrap());
    ui.add(egui::Label::new(RichText::new(format!("→ {output}")).color(weak)).wrap());
    ui.separator();
}

fn problems(ui: &mut Ui, book: &TaskBook) {
    let problems: Vec<_> = book.train.problems.iter().chain(&book.test.problems).collect();
    if problems.is_empty() {
        return;
    }
    wide_card(ui, |ui| {
        section(ui, "Files that cannot be used");
        for problem in problems {
            ui.add(egui::Label::new(format!("{}: {}", problem.path.display(), problem.reason)).wrap());
        }
    });
}
