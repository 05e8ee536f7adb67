//! The trait of a plugin that rewrites instructions, and what travels to it and back.

use serde::{Deserialize, Serialize};

use crate::{Descriptor, Instruction, PluginError, Settings};

/// Which of the two prompts an instruction is rewritten for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The prompts a model is tuned on.
    #[default]
    Train,
    /// The prompts it is asked afterwards.
    Test,
}

/// One instruction to rewrite, with what the rewriting may depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransformItem {
    /// The seed of every random choice: hand it to [`Rng::from_seed`](crate::Rng::from_seed). The host derives it from
    /// the experiment's seed, the plugin, its settings and the task, so it does not depend on order, batch or thread.
    pub seed: u64,
    /// Which prompts the instruction will stand in.
    #[serde(default)]
    pub stage: Stage,
    /// How many positive examples a prompt shows at most.
    pub example_slots: usize,
    /// The instruction to rewrite.
    pub instruction: Instruction,
}

impl TransformItem {
    /// An item for a worked example or a test: seed 0, training stage, two example slots.
    pub fn new(instruction: Instruction) -> TransformItem {
        TransformItem { seed: 0, stage: Stage::Train, example_slots: 2, instruction }
    }
}

/// One instruction rewritten.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transformed {
    /// The instruction as the prompt shall show it.
    pub instruction: Instruction,
    /// What a reader of the record must know, above all what could *not* be altered and why, such as
    /// "2 negative examples wanted, 0 found: outputs re-paired". Empty where all went as announced.
    #[serde(default)]
    pub notes: Vec<String>,
}

impl Transformed {
    /// A rewriting about which there is nothing to say.
    pub fn new(instruction: Instruction) -> Transformed {
        Transformed { instruction, notes: Vec::new() }
    }
}

/// A plugin that rewrites instructions: one alteration, such as "the definition is empty".
///
/// Implement it on a unit struct and name that struct in [`export_plugin!`](crate::export_plugin).
///
/// The host may call from several threads at once and cuts items into batches as it likes, so a result may depend on
/// nothing but the item and the settings. Keep no state, read no clock, draw random numbers from the item's seed only.
pub trait Transform: Sync {
    /// What the plugin is called, what it does and which settings it takes. Called when the plugin is loaded.
    fn descriptor(&self) -> Descriptor;

    /// Rewrites one instruction. The settings are complete and within their bounds.
    ///
    /// # Errors
    /// Return an error only where going on would falsify the experiment; it ends the run. An instruction that cannot be
    /// altered is returned as it was, with a note.
    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError>;

    /// Rewrites the instructions of several tasks; one result for every item, in their order.
    ///
    /// Only a plugin of scope [`Scope::AllTasks`](crate::Scope::AllTasks) has a reason to write this itself: the host then
    /// hands it the whole task set in one call, the tasks to be learned and those to be answered, told apart by each
    /// item's [`stage`](TransformItem::stage). That set is the same for every run of a seed, also where a condition
    /// applies to one stage only; what comes back for the other stage is dropped. So `apply` of such a plugin is asked
    /// by nobody but its own `apply_all`, and may answer as for a task set of one.
    ///
    /// # Errors
    /// The first error of [`apply`](Transform::apply), with its task's name.
    fn apply_all(&self, items: Vec<TransformItem>, settings: &Settings) -> Result<Vec<Transformed>, PluginError> {
        let apply = |item: TransformItem| {
            let task = item.instruction.task.clone();
            self.apply(item, settings).map_err(|error| PluginError::new(format!("{error}: task `{task}`")))
        };
        items.into_iter().map(apply).collect()
    }
}
