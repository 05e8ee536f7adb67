//! Commands about the plan in the making.

use super::Desk;
use crate::job;
use crate::message::Message;
use crate::state::{Check, Counted, Page, Prompt, Shown, State, Tone};
use placebo_experiment::plan::Plan;
use placebo_experiment::resources;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// Begins a plan from nothing.
pub(super) fn new(state: &mut State, desk: &mut Desk) {
    state.draft.begin(crate::state::Draft::default().plan, None);
    state.page = Page::Experiment;
    refresh(state, desk);
}

/// Begins a plan from the bundled experiment.
pub(super) fn take_sample(state: &mut State, desk: &mut Desk) {
    match sample() {
        Ok(plan) => {
            state.draft.begin(Plan { name: "my-experiment".to_owned(), ..plan }, None);
            state.page = Page::Experiment;
            refresh(state, desk);
        }
        Err(fault) => state.notices.tell(Tone::Bad, fault),
    }
}

/// The bundled experiment.
fn sample() -> Result<Plan, String> {
    let find = |name| resources::find(name).map_err(|error| error.to_string());
    let mut plan = Plan::read(&find("experiments/sample.toml")?).map_err(|error| error.to_string())?;
    // The same folder as in the file, without the way around.
    plan.data.path = find("sample-tasks/data")?;
    Ok(plan)
}

/// Takes an edit.
pub(super) fn edit(state: &mut State, desk: &mut Desk, plan: Plan) {
    state.draft.edit(plan, Instant::now());
    refresh(state, desk);
}

/// Takes the last edit back.
pub(super) fn undo(state: &mut State, desk: &mut Desk) {
    state.draft.undo();
    refresh(state, desk);
}

/// Does it again.
pub(super) fn redo(state: &mut State, desk: &mut Desk) {
    state.draft.redo();
    refresh(state, desk);
}

/// Has everything that depends on the plan looked at anew.
pub(crate) fn refresh(state: &mut State, desk: &Desk) {
    if state.plugins.is_some() && state.workbench.places != state.draft.plan.plugins {
        super::load_plugins(state, desk);
    }
    check(state, desk);
    read_tasks(state, desk, false);
    preview(state, desk, state.draft.preview.shown.clone());
}

pub(super) fn check(state: &State, desk: &Desk) {
    let Some(registry) = state.plugins.clone() else { return };
    let (plan, version) = (state.draft.plan.clone(), state.draft.version);
    let pace = state.settings.paces.get(&plan.model.checkpoint).copied();
    let asking = job::Asking { registry, book: state.tasks.read().cloned(), pace };
    desk.jobs.begin("check the plan", move || Message::Checked(version, job::check(&plan, &asking)));
}

/// Reads the collection where it is another than the one read, or where it is to be read anew.
pub(super) fn read_tasks(state: &mut State, desk: &Desk, anew: bool) {
    let data = &state.draft.plan.data;
    let seed = state.draft.plan.seeds.first().copied().unwrap_or_default();
    let known = state.tasks.seed == seed
        && state.tasks.data.as_ref().is_some_and(|known| {
            (&known.path, &known.format, &known.track, &known.tasks)
                == (&data.path, &data.format, &data.track, &data.tasks)
        });
    if data.path.as_os_str().is_empty() {
        state.tasks = Default::default();
    } else if anew || !known {
        let data = data.clone();
        state.tasks.data = Some(data.clone());
        (state.tasks.book, state.tasks.seed) = (None, seed);
        desk.jobs.begin("read the tasks", move || {
            let book = job::read_tasks(&data, seed);
            Message::TasksRead(data, book)
        });
    }
}

/// Has a prompt built, once tasks and plugins are there.
pub(crate) fn preview(state: &mut State, desk: &Desk, shown: Shown) {
    let last = state.draft.plan.conditions.len().saturating_sub(1);
    let shown = Shown { condition: shown.condition.min(last), ..shown };
    state.draft.preview.shown = shown.clone();
    let (Some(book), Some(registry)) = (state.tasks.read().cloned(), state.plugins.clone()) else {
        state.draft.preview.prompt = None;
        return;
    };
    let (plan, version) = (state.draft.plan.clone(), state.draft.version);
    desk.jobs.begin("build a prompt", move || {
        let prompt = job::prompt(&plan, &shown, &book, &registry).map(Arc::new);
        Message::Prompted(version, shown, prompt)
    });
}

/// Takes up a prompt, and has its tokens counted.
pub(super) fn prompted(
    state: &mut State,
    desk: &Desk,
    (version, shown): (u64, Shown),
    prompt: Result<Arc<Prompt>, String>,
) {
    let draft = &mut state.draft;
    if version != draft.version || shown != draft.preview.shown {
        return;
    }
    (draft.preview.prompt, draft.preview.counted) = (Some(prompt), None);
    count(state, desk);
}

/// Counts the tokens of the prompt shown; one process at a time, and none for a plan that cannot run.
pub(super) fn count(state: &mut State, desk: &Desk) {
    let draft = &mut state.draft;
    let Some(Ok(prompt)) = draft.preview.prompt.clone() else { return };
    if draft.preview.counting || draft.preview.counted.is_some() || !matches!(draft.check, Check::Sound(_)) {
        return;
    }
    draft.preview.counting = true;
    let (version, shown, file, program) =
        (draft.version, draft.preview.shown.clone(), desk.places.preview(), desk.program.clone());
    let count = job::Count { plan: draft.plan.clone(), shown: shown.clone(), prompt, file, program };
    desk.jobs.begin("count tokens", move || Message::Counted(version, shown, count.carry_out()));
}

/// Takes up the tokens of a prompt; where another is shown by now, that one is counted next.
pub(super) fn counted(state: &mut State, desk: &Desk, (version, shown): (u64, Shown), told: Result<Counted, String>) {
    let draft = &mut state.draft;
    draft.preview.counting = false;
    if version != draft.version || shown != draft.preview.shown {
        return count(state, desk);
    }
    if let (Ok(counted), Some(Ok(prompt))) = (&told, &mut draft.preview.prompt)
        && counted.prompt != prompt.after
    {
        *prompt = Arc::new(job::shortened(prompt, &counted.prompt));
    }
    draft.preview.counted = Some(told);
}

/// Where a plan without a file is written.
pub(crate) fn proposed(state: &State) -> PathBuf {
    let beside = state.settings.results.parent().unwrap_or(&state.settings.results);
    beside.join(format!("{}.toml", state.draft.plan.name))
}

/// Writes the plan to its file, or to the proposed one.
pub(super) fn save(state: &State, desk: &Desk) {
    let path = state.draft.file.clone().unwrap_or_else(|| proposed(state));
    save_to(state, desk, path);
}

/// Writes the plan.
pub(super) fn save_to(state: &State, desk: &Desk, path: PathBuf) {
    let plan = state.draft.plan.clone();
    desk.jobs.begin("save the plan", move || Message::Saved(job::save(plan, path)));
}

/// Makes the edited text the plan.
pub(super) fn apply_text(state: &State, desk: &Desk) {
    let Some(text) = state.draft.text.clone() else { return };
    let file = state.draft.file.clone().unwrap_or_else(|| proposed(state));
    desk.jobs.begin("read the plan's text", move || Message::TextRead(job::read_text(&text, &file)));
}
