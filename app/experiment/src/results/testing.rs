//! Specs and folders for the tests of this room.

use std::path::PathBuf;

use crate::event::Event;
use crate::plan::{Condition, Decoding, ModelPlan, Preset, PromptPlan};
use crate::run_spec::{RunData, RunKind, RunSpec, SPEC_VERSION};

/// A fine-tuning run of the unchanged condition.
pub(crate) fn spec(seed: u64) -> RunSpec {
    RunSpec {
        version: SPEC_VERSION,
        plan: "trial".into(),
        kind: RunKind::FineTune,
        condition: Condition::unchanged("Original"),
        data: RunData {
            path: PathBuf::from("/data"),
            format: "natural-instructions".into(),
            track: "default".into(),
            train_instances_per_task: 10,
            test_instances_per_task: 100,
            tasks: Vec::new(),
            digest: "d1".into(),
        },
        prompt: PromptPlan::default(),
        model: ModelPlan { checkpoint: "bundled:nano".into(), digest: None },
        training: Preset::TkInstruct2022.recipe(),
        decoding: Decoding::default(),
        seed,
    }
}

/// What a process says first.
pub(crate) fn started() -> Event {
    Event::Started { version: "0".into(), device: "CPU".into(), host: "here".into(), pid: 1, step: 0 }
}
