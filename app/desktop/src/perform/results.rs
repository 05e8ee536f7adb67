//! Commands about runs: start, stop, take up again.

use super::{Desk, plan_folder, watch};
use crate::job;
use crate::launch::Order;
use crate::message::Message;
use crate::state::{Check, Page, State, Tone};
use placebo_experiment::resources;
use placebo_experiment::results::{RunFolder, RunState};
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
    let order = order(desk, &name, run_arguments(&path, &state.settings.results));
    desk.jobs.talk("wait for a run", move |tell| match job::save(plan, path) {
        Ok(_) => order.carry_out(tell),
        Err(fault) => tell(Message::Launched(order.name, Err(fault))),
    });
    go_and_watch(state, desk, &name);
}

fn launch_plan(state: &mut State, desk: &mut Desk, name: &str, plan: &Path) {
    launch(desk, name, run_arguments(plan, &state.settings.results));
    go_and_watch(state, desk, name);
}

fn go_and_watch(state: &mut State, desk: &mut Desk, name: &str) {
    let folder = plan_folder(state, name);
    state.settings.remember(&folder);
    state.results.workers += 1;
    watch(state, desk, &folder);
    state.page = Page::Runs;
}

/// `run PLAN --results DIR`.
pub(crate) fn run_arguments(plan: &Path, results: &Path) -> Vec<OsString> {
    vec!["run".into(), plan.into(), "--results".into(), results.into()]
}

fn launch(desk: &Desk, name: &str, arguments: Vec<OsString>) {
    let order = order(desk, name, arguments);
    desk.jobs.talk("wait for a run", move |tell| order.carry_out(tell));
}

fn order(desk: &Desk, name: &str, arguments: Vec<OsString>) -> Order {
    Order { name: name.to_owned(), program: desk.program.clone(), arguments, log: desk.places.log(name) }
}

/// Takes up what is unfinished in the open results, or one run of them.
pub(super) fn resume(state: &mut State, desk: &mut Desk, run: Option<&Path>) {
    let Some(folder) = run.or(state.results.path.as_deref()).map(Path::to_owned) else { return };
    state.results.workers += 1;
    launch(desk, &state.results.name(), vec!["resume".into(), folder.into()]);
}

/// Asks one run to save and end.
pub(super) fn stop(desk: &Desk, path: PathBuf) {
    desk.jobs.begin("ask a run to stop", move || Message::Asked(ask_to_stop(&[path])));
}

/// Asks whatever runs to save and end.
pub(super) fn stop_all(state: &State, desk: &Desk) {
    let running = state.results.runs.iter().filter(|run| run.state == RunState::Running);
    let paths: Vec<_> = running.map(|run| run.path.clone()).collect();
    desk.jobs.begin("ask runs to stop", move || Message::Asked(ask_to_stop(&paths)));
}

fn ask_to_stop(paths: &[PathBuf]) -> Result<usize, String> {
    for path in paths {
        let asked = RunFolder::open(path).and_then(|folder| folder.request_stop());
        asked.map_err(|error| error.to_string())?;
    }
    Ok(paths.len())
}

/// Looks at the folder now.
pub(super) fn refresh(state: &mut State, desk: &mut Desk) {
    match (&desk.watch, state.results.path.clone()) {
        (Some(watch), Some(_)) if desk.jobs.is_threaded() => watch.nudge(),
        (_, Some(path)) => watch(state, desk, &path),
        (_, None) => {}
    }
}
