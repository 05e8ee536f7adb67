//! The state of a run, read off its folder.

use serde::{Deserialize, Serialize};

use super::Journaled;
use crate::event::Event;

/// Where a run stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum RunState {
    /// Nobody has started it.
    Waiting,
    /// A living process holds it.
    Running,
    /// It was stopped, or its process was killed; it goes on from its newest checkpoint.
    Stopped,
    /// It ended by an error.
    Failed {
        /// The error and its causes.
        reason: String,
    },
    /// Its scores are written.
    Finished,
}

impl RunState {
    /// The state of a run that nobody holds and that has no scores: how its last start ended.
    pub(super) fn of_unheld(journaled: &Journaled) -> Self {
        Self::after(journaled.entries.iter().rev().map(|entry| &entry.event).find(|event| event.is_turn()))
    }

    /// The state of such a run, where the last [turn](Event::is_turn) of its journal is known.
    pub fn after(turn: Option<&Event>) -> Self {
        match turn {
            None => RunState::Waiting,
            Some(Event::Failed { message }) => RunState::Failed { reason: message.clone() },
            Some(_) => RunState::Stopped,
        }
    }

    /// Whether the run has left something behind that a changed plan would make foreign.
    pub fn is_started(&self) -> bool {
        *self != RunState::Waiting
    }
}
