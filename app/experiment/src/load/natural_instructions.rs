//! A folder in the layout of Super-NaturalInstructions: `tasks/<name>.json`, `splits/<track>/<split>_tasks.txt`.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::error::nearest;
use super::instances::Gathering;
use super::{LoadError, Problem, Source, TaskSet, document};
use crate::output_space::OutputCounts;
use crate::plan::TaskOverride;
use crate::sample::{Keep, Selection};
use crate::split::Split;
use crate::task::Task;

/// Reads every task that the split lists.
pub(super) fn load(source: Source<'_>, split: Split, keep: Keep) -> Result<TaskSet, LoadError> {
    let list = list_of(source, split)?;
    let (names, mut problems) = names_in(&list)?;
    if names.is_empty() {
        return Err(LoadError::EmptySplit { split, path: list });
    }
    let read: Vec<Result<Task, Problem>> =
        names.par_iter().map(|name| read_task(source, name, keep)).collect();
    let mut tasks = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(task) => tasks.push(task),
            Err(problem) => problems.push(problem),
        }
    }
    Ok(TaskSet { tasks, problems })
}

/// The path of the split's list, once every folder above it is known to be there.
fn list_of(source: Source<'_>, split: Split) -> Result<PathBuf, LoadError> {
    if !source.path.is_dir() {
        return Err(LoadError::NoFolder { path: source.path.to_owned() });
    }
    for missing in ["tasks", "splits"] {
        if !source.path.join(missing).is_dir() {
            return Err(LoadError::NotACollection { path: source.path.to_owned(), missing });
        }
    }
    let track = source.path.join("splits").join(source.track);
    if !track.is_dir() {
        return Err(unknown_track(source)?);
    }
    let list = track.join(split.file_name());
    if list.is_file() { Ok(list) } else { Err(LoadError::NoSplitFile { split, path: list }) }
}

fn unknown_track(source: Source<'_>) -> Result<LoadError, LoadError> {
    let path = source.path.join("splits");
    let tracks = tracks(&path)?;
    Ok(LoadError::UnknownTrack {
        track: source.track.to_owned(),
        nearest: nearest(source.track, tracks.iter().map(String::as_str)),
        tracks: tracks.join(", "),
        path,
    })
}

fn tracks(splits: &Path) -> Result<Vec<String>, LoadError> {
    let mut tracks = Vec::new();
    for entry in fs_err::read_dir(splits)? {
        let entry = entry?;
        if entry.path().is_dir() {
            tracks.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    tracks.sort();
    Ok(tracks)
}

/// The names in a list, one a line; a name that comes again is a problem and is used once.
fn names_in(list: &Path) -> Result<(Vec<String>, Vec<Problem>), LoadError> {
    let text = fs_err::read_to_string(list)?;
    let mut seen = BTreeSet::new();
    let (mut names, mut problems) = (Vec::new(), Vec::new());
    for line in text.lines() {
        let name = line.trim().trim_end_matches(".json");
        if name.is_empty() {
            continue;
        }
        if seen.insert(name) {
            names.push(name.to_owned());
        } else {
            let reason = format!("the list names a task twice, which is used once: `{name}`");
            problems.push(Problem { path: list.to_owned(), reason });
        }
    }
    Ok((names, problems))
}

fn read_task(source: Source<'_>, name: &str, keep: Keep) -> Result<Task, Problem> {
    let path = source.path.join("tasks").join(format!("{name}.json"));
    let wanted = source.overrides.iter().find(|wanted| wanted.name == name);
    let task = bytes_of(&path).and_then(|bytes| task_from(&bytes, name, keep, wanted));
    task.map_err(|reason| Problem { path, reason })
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    // The problem names the file, so the bare error is wanted here, not one that names it a second time.
    std::fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => "the split lists this task, but the file is missing: get it, or strike its name".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    })
}

fn task_from(bytes: &[u8], name: &str, keep: Keep, wanted: Option<&TaskOverride>) -> Result<Task, String> {
    let mut gathering = Gathering::new(name, Selection::new(keep, name), OutputCounts::new(wanted));
    let document = document::read(bytes, &mut gathering)
        .map_err(|cause| format!("{cause}; mend the file, or strike its name from the split's list"))?;
    let (output_space, odd_outputs) = gathering.outputs.output_space(&document.definition, wanted);
    let instance_count = gathering.count;
    let (instances, odd_instances) = gathering.finish();
    Ok(Task {
        name: name.to_owned(),
        categories: document.categories,
        definition: document.definition,
        positive_examples: document.positive_examples,
        negative_examples: document.negative_examples,
        instances,
        instance_count,
        output_space,
        hash: hexadecimal(&Sha256::digest(bytes)),
        warnings: [document.warnings, odd_instances, odd_outputs].concat(),
    })
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
