//! How many runs are performed side by side.

use super::Model;
use placebo_experiment::footprint::Footprint;
use placebo_experiment::plan::Recipe;
use placebo_experiment::run_spec::RunSpec;
use std::num::NonZeroUsize;
use std::str::FromStr;
use sysinfo::System;

/// Parameters up to which runs side by side, of fewer threads each, get more done than one run on all threads.
///
/// Measured on two cores: 1.7 times as much for the bundled model, 1.2 times for a T5-small of 77 million.
const SMALL: f64 = 100e6;

/// Of the memory that is free, what training may plan with.
const SHARE: f64 = 0.8;

/// Runs side by side, as a person wants them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Jobs {
    /// As many as the cores, the memory and the model make worthwhile.
    #[default]
    Auto,
    /// So many.
    Exactly(NonZeroUsize),
}

/// What a process has for its runs.
#[derive(Clone, Copy, Debug)]
struct Room {
    /// Threads that compute; none where a GPU does.
    threads: Option<usize>,
    /// Bytes that are free.
    memory: f64,
}

impl Room {
    /// Of this machine, with the threads that rayon was given.
    fn here(on_cpu: bool) -> Self {
        // Where the system does not say, nothing is known against it.
        let memory = System::new().map_or(f64::INFINITY, free);
        Self { threads: on_cpu.then(rayon::current_num_threads), memory }
    }
}

fn free(mut system: System) -> f64 {
    system.refresh_memory();
    let of_group = system.cgroup_limits().map_or(u64::MAX, |limits| limits.free_memory);
    system.available_memory().min(of_group) as f64
}

impl Jobs {
    /// The number for the runs of a grid that are open.
    pub fn count(self, open: &[&RunSpec], model: &Model) -> usize {
        let waiting: Vec<_> = open.iter().filter(|run| run.kind.needs_model()).collect();
        let Some(first) = waiting.first() else { return 1 };
        // A device that cannot be had is what each run will say.
        let on_cpu = model.device().is_ok_and(|device| device.is_cpu());
        let footprint = model.checkpoint().and_then(Footprint::of);
        self.choose(waiting.len(), Room::here(on_cpu), footprint.map(|footprint| (footprint, &first.training)))
    }

    /// The number for runs of one recipe, of which `waiting` have work for a model.
    fn choose(self, waiting: usize, room: Room, model: Option<(Footprint, &Recipe)>) -> usize {
        let wanted = match (self, room.threads) {
            (Jobs::Exactly(jobs), _) => jobs.get(),
            (Jobs::Auto, Some(threads)) => threads.min(model.map_or(1, |model| worthwhile(model, room.memory))),
            (Jobs::Auto, None) => 1,
        };
        wanted.clamp(1, waiting.max(1))
    }
}

fn worthwhile((footprint, recipe): (Footprint, &Recipe), memory: f64) -> usize {
    if footprint.parameters() > SMALL { 1 } else { (SHARE * memory / footprint.bytes(recipe)) as usize }
}

impl FromStr for Jobs {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Jobs::Auto),
            _ => text.parse().map(Jobs::Exactly).map_err(|_| "give `auto` or a number from 1 on".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use placebo_experiment::plan::Preset;
    use serde_json::json;

    const GIB: f64 = 1073741824.0;

    fn count(jobs: &str, waiting: usize, room: Room, width: usize) -> usize {
        let config = json!({ "d_model": width, "d_kv": 64, "num_heads": 8, "d_ff": 4 * width, "num_layers": 8, "vocab_size": 32128 });
        let model = (Footprint::read(&config).unwrap(), &Preset::Small.recipe());
        jobs.parse::<Jobs>().unwrap().choose(waiting, room, Some(model))
    }

    #[test]
    fn small_models_share_the_cores_and_large_ones_take_them_all() {
        let room = Room { threads: Some(8), memory: 64.0 * GIB };
        assert_eq!(count("auto", 100, room, 128), 8);
        assert_eq!(count("auto", 3, room, 128), 3);
        assert_eq!(count("auto", 100, room, 1024), 1);
        assert_eq!(count("auto", 0, room, 128), 1);
    }

    #[test]
    fn memory_and_a_gpu_limit_what_nobody_asked_for() {
        let (tight, gpu) = (Room { threads: Some(8), memory: 0.5 * GIB }, Room { threads: None, memory: 64.0 * GIB });
        assert!((1..8).contains(&count("auto", 100, tight, 256)));
        assert_eq!(count("auto", 100, gpu, 128), 1);
        assert_eq!(count("3", 100, gpu, 128), 3);
    }

    #[test]
    fn this_machine_has_threads_and_memory() {
        let room = Room::here(true);
        assert!(room.threads.is_some_and(|threads| threads > 0) && room.memory > 1e6, "{room:?}");
    }

    #[test]
    fn none_at_all_is_refused() {
        assert!("0".parse::<Jobs>().is_err() && "many".parse::<Jobs>().is_err());
    }
}
