//! Commands about the comparison: questions, charts, export.

use super::Desk;
use crate::job;
use crate::message::Message;
use crate::state::{Compare, State, Tone};
use placebo_experiment::report::Question;
use placebo_experiment::report::figure::FigureSpec;
use placebo_experiment::results::RunState;
use std::path::PathBuf;

/// Reads the records where the open results have others than those read.
pub(crate) fn refresh(state: &mut State, desk: &Desk) {
    let Some(folder) = state.results.path.clone() else { return };
    let finished = state.results.count(|state| *state == RunState::Finished);
    let compare = &mut state.compare;
    if compare.folder.as_ref() == Some(&folder) && compare.finished == finished && compare.records.is_some() {
        return;
    }
    (compare.folder, compare.finished, compare.busy) = (Some(folder.clone()), finished, true);
    desk.jobs.begin("read records", move || {
        let records = job::read(&folder);
        Message::Records(folder, records)
    });
}

/// Asks the records another question.
pub(super) fn ask(state: &mut State, desk: &Desk, question: Question) {
    state.compare.question = question;
    answer(&mut state.compare, desk);
}

/// Has the question answered.
pub(super) fn answer(compare: &mut Compare, desk: &Desk) {
    let Some(records) = compare.records.clone() else { return };
    compare.busy = true;
    let question = compare.question.clone();
    desk.jobs.begin("compare", move || {
        let comparison = job::answer(&records, &question);
        Message::Compared(Box::new(question), comparison)
    });
}

/// Shows another kind of chart, or dresses it differently.
pub(super) fn dress(state: &mut State, desk: &Desk, spec: FigureSpec) {
    let same_kind = state.compare.spec.kind == spec.kind;
    state.compare.spec = spec;
    if same_kind { draw(&state.compare, desk) } else { chart(&state.compare, desk) }
}

/// Shows the study's numbers beside one's own, or not.
pub(super) fn show_reported(state: &mut State, desk: &Desk, reported: bool) {
    state.compare.reported = reported;
    chart(&state.compare, desk);
}

/// Scores the finished runs with one metric more.
pub(super) fn add_metric(state: &mut State, desk: &Desk, id: String) {
    let (Some(folder), Some(registry)) = (state.results.path.clone(), state.plugins.clone()) else { return };
    state.compare.busy = true;
    desk.jobs.begin("score with another metric", move || {
        let gained = job::add_metric(&folder, &id, &registry);
        Message::Rescored(id, gained)
    });
}

/// Takes up that runs were scored anew.
pub(super) fn rescored(state: &mut State, desk: &Desk, id: &str, gained: Result<usize, String>) {
    state.compare.busy = false;
    match gained {
        Ok(gained) => state.notices.tell(Tone::Good, format!("{gained} finished runs are scored by `{id}` now")),
        Err(fault) => state.notices.tell(Tone::Bad, fault),
    }
    state.compare.records = None;
    refresh(state, desk);
}

/// Has the chart's numbers collected.
pub(super) fn chart(compare: &Compare, desk: &Desk) {
    let (Some(records), Some(comparison)) = (compare.records.clone(), compare.comparison.clone()) else { return };
    let wanted = compare.wanted();
    desk.jobs.begin("collect a chart's numbers", move || {
        let data = job::chart(&records, &comparison, &wanted);
        Message::Charted(Box::new(wanted), data)
    });
}

/// Has the figure drawn as its files will show it.
pub(super) fn draw(compare: &Compare, desk: &Desk) {
    let Some(Ok(data)) = compare.chart.clone() else { return };
    let spec = compare.spec.clone();
    desk.jobs.begin("draw the figure", move || {
        let picture = job::draw(&spec, &data);
        Message::Drawn(Box::new(spec), picture)
    });
}

/// Where figure and tables go.
pub(crate) fn target(state: &State) -> Option<PathBuf> {
    state.compare.folder.as_ref().map(|folder| folder.join("export"))
}

/// Writes the figure and the tables.
pub(super) fn export(state: &mut State, desk: &Desk) {
    let compare = &state.compare;
    let (Some(folder), Some(comparison), Some(Ok(data))) =
        (target(state), compare.comparison.clone(), compare.chart.clone())
    else {
        return state
            .notices
            .tell(Tone::Info, "nothing to export yet: open results with finished runs on page Compare");
    };
    let spec = compare.spec.clone();
    desk.jobs.begin("export", move || Message::Written(job::export(&folder, &comparison, (&spec, &data))));
}
