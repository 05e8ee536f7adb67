//! Task files: any bytes are a problem or a task, and a task keeps its promises, without a panic.

#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use placebo_experiment::load::{Source, load_split};
use placebo_experiment::sample::Keep;
use placebo_experiment::split::Split;
use placebo_experiment::task::Task;

/// A collection of one task, in memory where the system has such a place.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    let place = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let folder = place.join(format!("placebo-fuzz-tasks-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("tasks")).expect("the place can be written to");
    std::fs::create_dir_all(folder.join("splits/default")).expect("the place can be written to");
    std::fs::write(folder.join("splits/default/train_tasks.txt"), "t\n").expect("the folder is there");
    folder
});

fn read(keep: Keep) -> Option<Task> {
    let source = Source { path: &FOLDER, format: "natural-instructions", track: "default", overrides: &[] };
    let mut set = load_split(source, Split::Train, keep).expect("the collection is there");
    assert_eq!(set.tasks.len() + set.problems.len(), 1);
    set.tasks.pop()
}

fuzz_target!(|bytes: &[u8]| {
    std::fs::write(FOLDER.join("tasks/t.json"), bytes).expect("the folder is there");
    let Some(all) = read(Keep::All) else { return };
    assert_eq!(all.instances.len(), all.instance_count);
    assert!(all.instances.iter().all(|instance| !instance.outputs.is_empty()));
    let few = read(Keep::Sample { seed: 1, count: 2 }).expect("it was read before");
    assert!(few.instances.len() <= 2 && few.instances.iter().all(|instance| all.instances.contains(instance)));
    assert_eq!(few.output_space, all.output_space);
});
