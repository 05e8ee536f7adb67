//! Commands about plugins: show, try, trust, examine.

use super::{Desk, plan};
use crate::job;
use crate::message::{Message, Told};
use crate::state::{Examination, State, Tone, Trial};
use placebo_experiment::plugin::Registry;
use std::path::PathBuf;
use std::sync::Arc;

/// Loads the plugins, those that the plan names among them.
pub(crate) fn load(state: &mut State, desk: &Desk) {
    let (places, host) = (state.draft.plan.plugins.clone(), desk.program.clone());
    state.workbench.places.clone_from(&places);
    desk.jobs.begin("load plugins", move || Message::Plugins(job::load_plugins(&places, &host)));
}

/// Takes up the plugins loaded.
pub(super) fn loaded(state: &mut State, desk: &Desk, registry: Registry) {
    state.plugins = Some(Arc::new(registry));
    begin_trial(state, desk);
    plan::refresh(state, desk);
}

/// Shows a plugin, and puts its first example before it.
pub(super) fn show(state: &mut State, desk: &Desk, id: String) {
    state.workbench.shown = Some(id);
    begin_trial(state, desk);
}

fn begin_trial(state: &mut State, desk: &Desk) {
    let trial = state.plugins.as_ref().and_then(|registry| state.workbench.first_trial(registry));
    (state.workbench.trial, state.workbench.outcome) = (None, None);
    if let Some(trial) = trial {
        try_out(state, desk, trial);
    }
}

/// Puts an example before its plugin.
pub(super) fn try_out(state: &mut State, desk: &Desk, trial: Trial) {
    let Some(registry) = state.plugins.clone() else { return };
    if state.workbench.trial.as_ref().is_none_or(|before| before.plugin != trial.plugin) {
        state.workbench.outcome = None;
    }
    state.workbench.trial = Some(trial.clone());
    let folder = desk.places.examples(&trial.plugin);
    desk.jobs.begin("try a plugin", move || {
        let outcome = job::try_out(&trial, &folder, &registry);
        Message::Tried(Box::new(trial), Box::new(outcome))
    });
}

/// Trusts what lies at a path, and loads everything anew.
pub(super) fn trust(desk: &Desk, path: PathBuf) {
    let host = desk.program.clone();
    desk.jobs.begin("trust a plugin", move || Message::Trusted(job::trust(&path, &host)));
}

/// Takes up that something is trusted now.
pub(super) fn trusted(state: &mut State, desk: &Desk, told: Told<String>) {
    match told {
        Ok(text) => state.notices.tell(Tone::Good, text),
        Err(fault) => state.notices.tell(Tone::Bad, fault),
    }
    load(state, desk);
}

/// Examines a plugin.
pub(super) fn examine(state: &mut State, desk: &Desk, path: PathBuf) {
    state.workbench.examination = Some(Examination { path: path.clone(), ..Examination::default() });
    let host = desk.program.clone();
    desk.jobs.talk("examine a plugin", move |tell| job::examine(&path, host, tell));
}
