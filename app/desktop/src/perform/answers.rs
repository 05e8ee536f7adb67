//! Commands about answers: which runs, which answers, export.

use super::Desk;
use crate::job;
use crate::message::Message;
use crate::state::{Asked, State, Tone};
use placebo_experiment::results::RunState;
use placebo_experiment::run_spec::RunKind;
use std::path::PathBuf;

/// Chooses two runs where none are chosen: the first two conditions of one seed.
pub(super) fn refresh(state: &mut State, desk: &Desk) {
    if state.answers.asked.a.is_some() {
        return;
    }
    let is_done = |run: &&std::sync::Arc<crate::state::RunView>| {
        run.state == RunState::Finished && run.spec.kind == RunKind::FineTune
    };
    let mut done: Vec<_> = state.results.runs.iter().filter(is_done).collect();
    let order = |name: &str| state.results.conditions().iter().position(|known| *known == name);
    done.sort_by_key(|run| (run.spec.seed, run.spec.condition.name != "Original", order(&run.spec.condition.name)));
    let Some(first) = done.first() else { return };
    let same = |run: &&&std::sync::Arc<crate::state::RunView>| {
        let (one, other) = (&run.spec, &first.spec);
        (one.seed, one.data.train_instances_per_task) == (other.seed, other.data.train_instances_per_task)
            && one.condition.name != other.condition.name
    };
    let second = done.iter().find(same).or(done.get(1)).unwrap_or(&done[0]);
    let asked = Asked { a: Some(first.path.clone()), b: Some(second.path.clone()), ..Asked::default() };
    ask(state, desk, asked);
}

/// Shows other answers.
pub(super) fn ask(state: &mut State, desk: &Desk, asked: Asked) {
    let answers = &mut state.answers;
    let same_runs = answers.asked.has_runs_of(&asked);
    answers.asked = asked.clone();
    if same_runs && answers.error.is_none() {
        return find(state, desk);
    }
    (answers.busy, answers.error, answers.shown) = (true, None, None);
    desk.jobs.begin("read answers", move || {
        let rows = job::read_answers(&asked);
        Message::Answers(asked, rows)
    });
}

/// Picks the rows wanted.
pub(super) fn find(state: &mut State, desk: &Desk) {
    let (sheet, asked) = (state.answers.sheet.clone(), state.answers.asked.clone());
    desk.jobs.begin("pick answers", move || {
        let found = job::pick(&sheet.rows, &asked);
        Message::Found(asked, found)
    });
}

/// Looks at one row closely, with the prompts behind its answers.
pub(super) fn show(state: &mut State, desk: &Desk, place: Option<usize>) {
    let answers = &mut state.answers;
    (answers.shown, answers.behind) = (place, Vec::new());
    let (Some(place), Some(row), Some(registry)) = (place, answers.row(), state.plugins.clone()) else { return };
    let (task, instance, asked) = (row.task.clone(), row.instance.clone(), answers.asked.clone());
    desk.jobs.begin("build the prompts behind answers", move || {
        let runs = asked.runs().unwrap_or_default();
        let prompts = runs.into_iter().map(|run| job::behind(run, (&task, &instance), &registry)).collect();
        Message::Behind(asked, place, prompts)
    });
}

/// Writes the rows shown.
pub(super) fn export(state: &mut State, desk: &Desk) {
    let (sheet, found) = (state.answers.sheet.clone(), state.answers.found.clone());
    let Some(folder) = state.results.path.clone().filter(|_| !found.is_empty()) else {
        return state.notices.tell(Tone::Info, "no answers to export; choose two finished runs on page Answers");
    };
    let named = |path: &&PathBuf| {
        let run = state.results.runs.iter().find(|run| run.path == **path);
        run.map_or_else(|| path.display().to_string(), |run| run.title())
    };
    let names: Vec<String> = state.answers.asked.runs().unwrap_or_default().iter().map(named).collect();
    desk.jobs.begin("export answers", move || {
        let path = folder.join("export").join("answers.jsonl");
        Message::Written(job::write_answers(&sheet, &found, (&names, &path)))
    });
}
