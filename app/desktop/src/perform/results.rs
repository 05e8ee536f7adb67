//! Commands about runs: start, stop, take up again.

use super::{Desk, plan_folder, watch};
use crate::job;
use crate::launch::Order;
use crate::message::Message;
use crate::settings::{AUTO, Settings};
use crate::state::{Check, Page, State, Tone};
use placebo_experiment::resources;
use placebo_experiment::results::{ResultsError, RunFolder, RunState};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Queues the bundled experiment and watches it.
pub(super) fn run_sample(state: &mut State, desk: &mut Desk) {
    match resources::find("experiments/sample.toml") {
        Ok(plan) => launch_plan(state, desk, "sample", &plan),
        Err(error) => state.notices.tell(Tone::Bad, error.to_string()),
    }
}

/// Writes the plan beside the window's own files and queues it.
pub(super) fn run_plan(state: &mut State, desk: &mut Desk) {
    if let Check::Faulty(fault) = &state.draft.check {
        let text = format!("the plan cannot run: {fault}");
        return state.notices.tell(Tone::Bad, text);
    }
    let plan = state.draft.plan.clone();
    let name = plan.name.clone();
    let path = desk.places.plan(&name);
    let order = order(desk, &name, run_arguments(&path, &state.settings));
    desk.jobs.talk("wait for a run", move |tell| match job::save(plan, path) {
        Ok(_) => order.carry_out(tell),
        Err(fault) => tell(Message::Launched(order.name, Err(fault))),
    });
    go_and_watch(state, desk, &name);
}

fn launch_plan(state: &mut State, desk: &mut Desk, name: &str, plan: &Path) {
    launch(desk, name, run_arguments(plan, &state.settings));
    go_and_watch(state, desk, name);
}

fn go_and_watch(state: &mut State, desk: &mut Desk, name: &str) {
    let folder = plan_folder(state, name);
    state.settings.remember(&folder);
    state.results.workers += 1;
    watch(state, desk, &folder);
    state.page = Page::Runs;
}

/// `run PLAN --results DIR`, and device and jobs where they are not the usual ones.
pub(crate) fn run_arguments(plan: &Path, settings: &Settings) -> Vec<OsString> {
    let mut arguments = vec!["run".into(), plan.into(), "--results".into(), settings.results.clone().into()];
    arguments.extend(machine_arguments(settings));
    arguments
}

/// What of the machine is used, and how.
fn machine_arguments(settings: &Settings) -> Vec<OsString> {
    let mut arguments = Vec::new();
    if settings.device != AUTO && !settings.device.is_empty() {
        arguments.extend(["--device".into(), settings.device.clone().into()]);
    }
    if let Some(jobs) = settings.jobs {
        arguments.extend(["--jobs".into(), jobs.to_string().into()]);
    }
    arguments
}

fn launch(desk: &Desk, name: &str, arguments: Vec<OsString>) {
    let order = order(desk, name, arguments);
    desk.jobs.talk("wait for a run", move |tell| order.carry_out(tell));
}

fn order(desk: &Desk, name: &str, arguments: Vec<OsString>) -> Order {
    Order { name: name.to_owned(), program: desk.program.clone(), arguments, log: desk.places.log(name) }
}

/// Takes up what is unfinished in the open results.
pub(super) fn resume(state: &mut State, desk: &Desk) {
    if let Some(folder) = state.results.path.clone() {
        resume_some(state, desk, &[folder]);
    }
}

/// Takes up what failed.
pub(super) fn retry_failed(state: &mut State, desk: &Desk) {
    let failed = state.results.runs.iter().filter(|run| matches!(run.state, RunState::Failed { .. }));
    let paths: Vec<_> = failed.map(|run| run.path.clone()).collect();
    resume_some(state, desk, &paths);
}

/// Takes up some runs, one after the other.
pub(super) fn resume_some(state: &mut State, desk: &Desk, paths: &[PathBuf]) {
    if paths.is_empty() {
        return;
    }
    state.results.workers += 1;
    let mut arguments: Vec<OsString> = vec!["resume".into()];
    arguments.extend(paths.iter().map(OsString::from));
    arguments.extend(machine_arguments(&state.settings));
    launch(desk, &state.results.name(), arguments);
}

/// Asks some runs to save and end.
pub(super) fn stop(desk: &Desk, paths: Vec<PathBuf>) {
    begin_wish(desk, "ask runs to stop", paths, RunFolder::request_stop);
}

/// Asks whatever runs to save and end.
pub(super) fn stop_all(state: &State, desk: &Desk) {
    let running = state.results.runs.iter().filter(|run| run.state == RunState::Running);
    stop(desk, running.map(|run| run.path.clone()).collect());
}

/// Has a waiting run taken before the others, or in its turn again.
pub(super) fn take_first(desk: &Desk, path: PathBuf, first: bool) {
    let wish = if first { RunFolder::put_first } else { RunFolder::put_back };
    begin_wish(desk, "reorder the queue", vec![path], wish);
}

fn begin_wish(desk: &Desk, name: &str, paths: Vec<PathBuf>, wish: fn(&RunFolder) -> Result<(), ResultsError>) {
    desk.jobs.begin(name, move || {
        let asked = paths.iter().try_for_each(|path| RunFolder::open(path).and_then(|folder| wish(&folder)));
        Message::Asked(asked.map(|()| paths.len()).map_err(|error| error.to_string()))
    });
}

/// Looks at the folder now.
pub(super) fn refresh(state: &mut State, desk: &mut Desk) {
    match (&desk.watch, state.results.path.clone()) {
        (Some(watch), Some(_)) if desk.jobs.is_threaded() => watch.nudge(),
        (_, Some(path)) => watch(state, desk, &path),
        (_, None) => {}
    }
}
