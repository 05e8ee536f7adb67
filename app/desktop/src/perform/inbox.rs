//! Taking up messages: what jobs found out becomes state, and may call for the next job.

use super::{Desk, answers, compare, plan, watch, workbench};
use crate::message::{Ending, Found, Message, Purpose, Seen, Told};
use crate::settings::Settings;
use crate::state::{Page, RunView, State, Tone};
use placebo_experiment::plan::Plan;
use placebo_experiment::report::Record;
use placebo_experiment::results::RunState;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Takes up one message.
pub fn take(state: &mut State, desk: &mut Desk, message: Message) {
    match message {
        Message::Plugins(registry) => workbench::loaded(state, desk, registry),
        Message::Tried(trial, outcome) if state.workbench.trial.as_ref() == Some(&*trial) => {
            state.workbench.outcome = Some(*outcome);
        }
        Message::Tried(..) => {}
        Message::Trusted(told) => workbench::trusted(state, desk, told),
        Message::Examined(examination) => {
            let wanted = state.workbench.examination.as_ref().is_some_and(|it| it.path == examination.path);
            state.workbench.examination = Some(examination).filter(|_| wanted).or(state.workbench.examination.take());
        }
        Message::Restored(Some(plan)) if state.draft.version == 0 => {
            state.draft.begin(*plan, None);
            plan::refresh(state, desk);
        }
        Message::Remembered(written) => keep(state, written, |_, ()| ()),
        Message::Chosen(purpose, path) => chosen(state, desk, purpose, path),
        Message::Opened(path, found) => opened(state, desk, &path, found),
        Message::Saved(saved) => keep(state, saved, |state, (path, plan)| {
            state.settings.remember(&path);
            state.draft.file = Some(path);
            state.draft.saved = Some(*plan);
        }),
        Message::TextRead(read) => match read {
            Ok(plan) => {
                state.draft.text = None;
                plan::edit(state, desk, *plan);
            }
            Err(fault) => state.notices.tell(Tone::Bad, fault),
        },
        Message::Checked(version, check) if version == state.draft.version => {
            state.draft.check = check;
            plan::count(state, desk);
        }
        Message::TasksRead(data, book) if state.tasks.data.as_ref() == Some(&data) => {
            state.tasks.book = Some(book);
            plan::check(state, desk);
            plan::preview(state, desk, state.draft.preview.shown.clone());
        }
        Message::Prompted(version, shown, prompt) => plan::prompted(state, desk, (version, shown), prompt),
        Message::Counted(version, shown, told) => plan::counted(state, desk, (version, shown), told),
        Message::Checked(..) | Message::TasksRead(..) => {}
        Message::Failed(text) => state.notices.tell(Tone::Bad, text),
        message => take_results(state, desk, message),
    }
}

/// Messages about runs and what they say.
fn take_results(state: &mut State, desk: &mut Desk, message: Message) {
    match message {
        Message::Seen(path, seen) => self::seen(state, desk, &path, seen),
        Message::Launched(_, Err(fault)) => {
            state.results.workers = state.results.workers.saturating_sub(1);
            state.notices.tell(Tone::Bad, fault);
        }
        Message::Ended(ending) => ended(state, desk, &ending),
        Message::Asked(asked) => keep(state, asked, |_, _| ()),
        Message::Records(folder, records) => self::records(state, desk, &folder, records),
        Message::Compared(question, comparison) if *question == state.compare.question => {
            state.compare.busy = false;
            state.compare.error = comparison.as_ref().err().cloned();
            state.compare.comparison = comparison.ok();
            compare::chart(&state.compare, desk);
        }
        Message::Rescored(id, gained) => compare::rescored(state, desk, &id, gained),
        Message::Charted(chart, data) if *chart == state.compare.wanted() => {
            state.compare.chart = Some(data);
            compare::draw(&state.compare, desk);
        }
        Message::Drawn(spec, picture) if *spec == state.compare.spec => state.compare.picture = Some(picture),
        Message::Written(written) => keep(state, written, |state, paths| state.notices.tell(Tone::Good, told(&paths))),
        Message::Answers(asked, rows) if asked == state.answers.asked => {
            state.answers.busy = false;
            state.answers.error = rows.as_ref().err().cloned();
            state.answers.sheet = rows.unwrap_or_default();
            answers::find(state, desk);
        }
        Message::Found(asked, found) if asked == state.answers.asked => state.answers.found = found,
        Message::Behind(asked, place, prompts)
            if asked.has_runs_of(&state.answers.asked) && state.answers.shown == Some(place) =>
        {
            state.answers.behind = prompts;
        }
        _ => {}
    }
}

fn keep<T>(state: &mut State, told: Told<T>, keep: impl FnOnce(&mut State, T)) {
    match told {
        Ok(value) => keep(state, value),
        Err(fault) => state.notices.tell(Tone::Bad, fault),
    }
}

fn told(paths: &[PathBuf]) -> String {
    let folder = paths.first().and_then(|path| path.parent()).unwrap_or(Path::new(""));
    let names: Vec<_> = paths.iter().filter_map(|path| path.file_name()?.to_str()).collect();
    format!("written to `{}`: {}", folder.display(), names.join(", "))
}

fn chosen(state: &mut State, desk: &mut Desk, purpose: Purpose, path: Option<PathBuf>) {
    let Some(path) = path else { return };
    match purpose {
        Purpose::OpenPlan | Purpose::OpenResults => super::begin_open(desk, path),
        Purpose::SavePlan => plan::save_to(state, desk, path),
        Purpose::Data => {
            let mut plan = state.draft.plan.clone();
            plan.data.path = path;
            plan::edit(state, desk, plan);
        }
        Purpose::Plugin => {
            let mut plan = state.draft.plan.clone();
            plan.plugins.push(path);
            plan::edit(state, desk, plan);
        }
        Purpose::Checkpoint => {
            let mut plan = state.draft.plan.clone();
            plan.model.checkpoint = path.to_string_lossy().into_owned();
            plan::edit(state, desk, plan);
        }
    }
}

fn opened(state: &mut State, desk: &mut Desk, path: &Path, found: Told<Found>) {
    match found {
        Ok(Found::Plan(plan)) => {
            state.settings.remember(path);
            state.draft.begin(*plan, Some(path.to_owned()));
            super::show(state, desk, Page::Experiment);
        }
        Ok(Found::Results(folder)) => {
            state.settings.remember(&folder);
            watch(state, desk, &folder);
            super::show(state, desk, Page::Runs);
        }
        Ok(Found::Data(folder)) => {
            let mut plan: Plan = state.draft.plan.clone();
            plan.data.path = folder;
            plan::edit(state, desk, plan);
            super::show(state, desk, Page::Experiment);
        }
        Err(fault) => state.notices.tell(Tone::Bad, fault),
    }
}

fn seen(state: &mut State, desk: &mut Desk, path: &Path, seen: Told<Seen>) {
    if state.results.path.as_deref() != Some(path) {
        return;
    }
    match seen {
        Ok(Seen { runs, problems }) => {
            note_paces(&mut state.settings, &runs);
            let results = &mut state.results;
            (results.runs, results.problems, results.seen) = (runs, problems, true);
        }
        // A folder that a run has just been started for is made by that run.
        Err(_) if state.results.workers > 0 && state.results.runs.is_empty() => {}
        Err(fault) => state.notices.tell(Tone::Bad, fault),
    }
    match state.page {
        Page::Compare => compare::refresh(state, desk),
        Page::Answers => answers::refresh(state, desk),
        _ => {}
    }
}

/// Keeps how fast checkpoints learn here, all runs that go on side by side together, for estimates; small changes are no
/// news.
fn note_paces(settings: &mut Settings, runs: &[Arc<RunView>]) {
    let mut paces = BTreeMap::<&str, f64>::new();
    for run in runs.iter().filter(|run| run.state == RunState::Running) {
        if let Some(pace) = run.progress.tokens_per_s.filter(|pace| *pace > 0.0) {
            *paces.entry(&run.spec.model.checkpoint).or_default() += pace;
        }
    }
    for (checkpoint, pace) in paces {
        let known = settings.paces.entry(checkpoint.to_owned()).or_insert(pace);
        if (*known / pace).ln().abs() > 0.25 {
            *known = pace;
        }
    }
}

fn records(state: &mut State, desk: &Desk, folder: &Path, records: Told<(Arc<Vec<Record>>, Vec<String>)>) {
    if state.compare.folder.as_deref() != Some(folder) {
        return;
    }
    state.compare.busy = false;
    match records {
        Ok((records, problems)) => {
            (state.compare.records, state.compare.problems, state.compare.error) = (Some(records), problems, None);
            compare::answer(&mut state.compare, desk);
        }
        Err(fault) => state.compare.error = Some(fault),
    }
}

fn ended(state: &mut State, desk: &mut Desk, ending: &Ending) {
    state.results.workers = state.results.workers.saturating_sub(1);
    if let Some(watch) = &desk.watch {
        watch.nudge();
    }
    let name = &ending.name;
    match ending.code {
        Some(0) => {
            state.notices.tell(Tone::Good, format!("the runs of `{name}` are finished; page Compare shows them"));
        }
        Some(1) => {
            let text = format!("some runs of `{name}` failed; page Runs shows which and why\n{}", ending.said);
            state.notices.tell(Tone::Bad, text);
        }
        Some(3) => {}
        Some(_) => state.notices.tell(Tone::Bad, format!("the runs of `{name}` could not begin\n{}", ending.said)),
        None => {
            let text = format!("the process at work on `{name}` was killed; Resume goes on from its last save");
            state.notices.tell(Tone::Bad, text);
        }
    }
}
