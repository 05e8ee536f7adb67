//! Carrying out commands: the only place where the state changes on a person's wish.

mod answers;
mod compare;
mod inbox;
mod plan;
mod results;
mod workbench;

pub(crate) use compare::target as export_folder;
pub use inbox::take;
pub(crate) use plan::proposed as proposed_file;
pub(crate) use results::run_arguments;
pub(crate) use workbench::load as load_plugins;

use crate::command::Command;
use crate::dialogs::{Dialogs, Wanted};
use crate::job::{Jobs, Watch, open};
use crate::message::{Message, Purpose};
use crate::settings::Places;
use crate::state::{Page, State};
use crate::theme::ThemeChoice;
use egui::{Context, ViewportCommand};
use std::path::{Path, PathBuf};

/// Steps of the interface's scale, and its limits.
const ZOOM: f32 = 0.1;
const SCALES: std::ops::RangeInclusive<f32> = 0.6..=2.5;

/// What commands are carried out with.
pub struct Desk {
    /// Work in the background.
    pub jobs: Jobs,
    /// Who asks for files.
    pub dialogs: Box<dyn Dialogs>,
    /// This very program, which runs are started with.
    pub program: PathBuf,
    /// Where the window keeps its own files.
    pub places: Places,
    /// The folder under watch.
    pub watch: Option<Watch>,
}

/// Carries out one command.
pub fn perform(state: &mut State, desk: &mut Desk, command: Command, context: &Context) {
    match command {
        Command::Show(page) => show(state, desk, page),
        Command::Open(path) => begin_open(desk, path),
        Command::Forget(path) => state.settings.recent.retain(|known| *known != path),
        Command::SetDevice(device) => state.settings.device = device,
        Command::SetJobs(jobs) => state.settings.jobs = jobs,
        Command::SetCharts(height) => state.settings.charts = height,
        Command::SetResults(path) => state.settings.results = path,
        Command::ChoosePlan => choose(desk, &Wanted::Plan, Purpose::OpenPlan),
        Command::ChooseResults => choose(desk, &Wanted::Folder("Open results"), Purpose::OpenResults),
        Command::ChooseData => choose(desk, &Wanted::Folder("A task collection"), Purpose::Data),
        Command::ChoosePlugin => choose(desk, &Wanted::Folder("A plugin"), Purpose::Plugin),
        Command::ChooseCheckpoint => choose(desk, &Wanted::Folder("A checkpoint"), Purpose::Checkpoint),
        Command::Dismiss(id) => state.notices.dismiss(id),
        Command::TogglePalette => state.palette = !state.palette,
        Command::Copy(text) => context.copy_text(text),
        Command::SetTheme(theme) => set_theme(state, theme, context),
        Command::ZoomIn => zoom(state, context, state.settings.scale + ZOOM),
        Command::ZoomOut => zoom(state, context, state.settings.scale - ZOOM),
        Command::ZoomReset => zoom(state, context, 1.0),
        Command::Quit => context.send_viewport_cmd(ViewportCommand::Close),
        Command::ShowTask(name) => state.tasks.shown = Some(name),
        Command::FindTasks(filter) => state.tasks.filter = filter,
        command => perform_work(state, desk, command),
    }
}

/// Commands about the plan and its results.
fn perform_work(state: &mut State, desk: &mut Desk, command: Command) {
    match command {
        Command::NewExperiment => plan::new(state, desk),
        Command::TakeSample => plan::take_sample(state, desk),
        Command::SavePlan => plan::save(state, desk),
        Command::SavePlanAs => {
            choose(desk, &Wanted::NewFile(format!("{}.toml", state.draft.plan.name)), Purpose::SavePlan);
        }
        Command::Edit(plan) => plan::edit(state, desk, *plan),
        Command::Undo => plan::undo(state, desk),
        Command::Redo => plan::redo(state, desk),
        Command::EditText(text) => state.draft.text = text,
        Command::ApplyText => plan::apply_text(state, desk),
        Command::Preview(shown) => plan::preview(state, desk, shown),
        Command::ReadTasks => plan::read_tasks(state, desk, true),
        Command::RunSample => results::run_sample(state, desk),
        Command::RunPlan => results::run_plan(state, desk),
        Command::Resume => results::resume(state, desk),
        Command::ResumeRuns(paths) => results::resume_some(state, desk, &paths),
        Command::RetryFailed => results::retry_failed(state, desk),
        Command::Stop(paths) => results::stop(desk, paths),
        Command::TakeFirst(path, first) => results::take_first(desk, path, first),
        Command::StopAll => results::stop_all(state, desk),
        Command::Select(path) => state.results.select(path),
        Command::Mark(path) => state.results.mark(path),
        Command::Refresh => results::refresh(state, desk),
        Command::Ask(question) => compare::ask(state, desk, *question),
        Command::Dress(spec) => compare::dress(state, desk, *spec),
        Command::ShowReported(reported) => compare::show_reported(state, desk, reported),
        Command::AddMetric(id) => compare::add_metric(state, desk, id),
        Command::ShowPlugin(id) => workbench::show(state, desk, id),
        Command::LoadPlugins => workbench::load(state, desk),
        Command::Try(trial) => workbench::try_out(state, desk, *trial),
        Command::Trust(path) => workbench::trust(desk, path),
        Command::Examine(path) => workbench::examine(state, desk, path),
        Command::Export => compare::export(state, desk),
        Command::CompareAnswers(asked) => answers::ask(state, desk, asked),
        Command::ShowAnswer(place) => answers::show(state, desk, place),
        Command::ExportAnswers => answers::export(state, desk),
        _ => {}
    }
}

/// Goes to a page, and has what it shows read.
pub(crate) fn show(state: &mut State, desk: &mut Desk, page: Page) {
    state.page = page;
    state.palette = false;
    match page {
        Page::Compare => compare::refresh(state, desk),
        Page::Answers => answers::refresh(state, desk),
        Page::Tasks | Page::Experiment => plan::refresh(state, desk),
        Page::Start | Page::Runs | Page::Plugins => {}
    }
}

fn begin_open(desk: &Desk, path: PathBuf) {
    let path = std::path::absolute(&path).unwrap_or(path);
    desk.jobs.begin("open a path", move || {
        let found = open(&path);
        Message::Opened(path, found)
    });
}

fn choose(desk: &Desk, wanted: &Wanted, purpose: Purpose) {
    let reply = desk.dialogs.open(wanted);
    desk.jobs.begin("wait for a file dialog", move || Message::Chosen(purpose, reply()));
}

fn set_theme(state: &mut State, theme: ThemeChoice, context: &Context) {
    state.settings.theme = theme;
    context.set_theme(theme);
}

fn zoom(state: &mut State, context: &Context, scale: f32) {
    let tenths = (scale / ZOOM).round() * ZOOM;
    state.settings.scale = tenths.clamp(*SCALES.start(), *SCALES.end());
    context.set_zoom_factor(state.settings.scale);
}

/// The folder of the program's results that a plan of this name gets.
pub(crate) fn plan_folder(state: &State, name: &str) -> PathBuf {
    state.settings.results.join(name)
}

/// Opens a folder of results and watches it.
pub(crate) fn watch(state: &mut State, desk: &mut Desk, path: &Path) {
    if state.results.path.as_deref() != Some(path) {
        let workers = state.results.workers;
        state.results = crate::state::Results { path: Some(path.to_owned()), workers, ..Default::default() };
        state.compare = Default::default();
        state.answers = Default::default();
    }
    desk.watch = Some(Watch::begin(&desk.jobs, path.to_owned()));
}
