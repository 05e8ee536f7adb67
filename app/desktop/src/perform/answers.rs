//! Commands about answers: which runs, which answers, export.

use super::Desk;
use crate::job;
use crate::message::Message;
use crate::state::{Asked, State, Tone};
use placebo_experiment::results::RunState;
use placebo_experiment::run_spec::RunKind;

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
    let same_runs = (&answers.asked.a, &answers.asked.b) == (&asked.a, &asked.b);
    answers.asked = asked.clone();
    if same_runs && answers.error.is_none() {
        return find(state, desk);
    }
    (answers.busy, answers.error) = (true, None);
    desk.jobs.begin("read answers", move || {
        let rows = job::read_answers(&asked);
        Message::Answers(asked, rows)
    });
}

/// Picks the rows wanted.
pub(super) fn find(state: &mut State, desk: &Desk) {
    let (rows, asked) = (state.answers.rows.clone(), state.answers.asked.clone());
    desk.jobs.begin("pick answers", move || {
        let found = job::pick(&rows, &asked);
        Message::Found(asked, found)
    });
}

/// Writes the rows shown.
pub(super) fn export(state: &mut State, desk: &Desk) {
    let (rows, found) = (state.answers.rows.clone(), state.answers.found.clone());
    let Some(folder) = state.results.path.clone().filter(|_| !found.is_empty()) else {
        return state.notices.tell(Tone::Info, "no answers to export; choose two finished runs on page Answers");
    };
    desk.jobs.begin("export answers", move || {
        Message::Written(job::write_answers(&rows, &found, &folder.join("export").join("answers.jsonl")))
    });
}
