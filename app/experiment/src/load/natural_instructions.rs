//! A folder in the layout of Super-NaturalInstructions: `tasks/<name>.json`, `splits/<track>/<split>_tasks.txt`.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::instances::Gathering;
use super::{LoadError, Problem, Source, TaskSet, document};
use crate::nearest::nearest;
use crate::output_space::OutputCounts;
use crate::plan::TaskOverride;
use crate::run_spec::hexadecimal;
use crate::sample::{Keep, Selection};
use crate::split::Split;
use crate::task::Task;

/// Reads every task that the split lists.
pub(super) fn load(source: Source<'_>, split: Split, keep: Keep) -> Result<TaskSet, LoadError> {
    let list = list_of(source, split)?;
    let (names, mut problems) = names_in(&list)?;
    problems.extend(idle_overrides(source));
    if names.is_empty() {
        return Err(LoadError::EmptySplit { split, path: list });
    }
    let read: Vec<Result<Task, Problem>> = names.par_iter().map(|name| read_task(source, name, keep)).collect();
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

/// What the plan says of tasks that the collection does not have, which is a slip of the pen.
fn idle_overrides(source: Source<'_>) -> impl Iterator<Item = Problem> {
    let path_of = move |wanted: &TaskOverride| task_file(source, &wanted.name);
    let idle = source.overrides.iter().map(path_of).filter(|path| !path.is_file());
    let reason = "the plan gives kind or labels of a task, but there is no such file; check the name in the plan";
    idle.map(move |path| Problem { path, reason: reason.to_owned() })
}

fn task_file(source: Source<'_>, name: &str) -> PathBuf {
    source.path.join("tasks").join(format!("{name}.json"))
}

fn read_task(source: Source<'_>, name: &str, keep: Keep) -> Result<Task, Problem> {
    let path = task_file(source, name);
    let wanted = source.overrides.iter().find(|wanted| wanted.name == name);
    let task = bytes_of(&path).and_then(|bytes| task_from(&bytes, name, keep, wanted));
    task.map_err(|reason| Problem { path, reason })
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    // The problem names the file, so the bare error is wanted here, not one that names it a second time.
    std::fs::read(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            "the split lists this task, but there is no such file; get it, or strike the name".into()
        }
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

#[cfg(test)]
mod tests {
    use placebo_plugin_api::TaskKind;
    use tempfile::TempDir;

    use super::*;

    const TASK: &str = r#"{"Definition": ["yes or no"], "Instances": [
        {"id": "1", "input": "a", "output": ["yes"]}, {"id": "2", "input": "b", "output": ["no"]},
        {"id": "3", "input": "c", "output": ["no"]}]}"#;

    /// A collection whose test split has two tasks; the second file and the list are as given.
    fn collection(list: &str, second: &str) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for path in ["tasks", "splits/default", "splits/xlingual"] {
            fs_err::create_dir_all(folder.path().join(path)).unwrap();
        }
        let files = [("tasks/t1.json", TASK), ("tasks/t2.json", second), ("splits/default/test_tasks.txt", list)];
        for (path, text) in files {
            fs_err::write(folder.path().join(path), text).unwrap();
        }
        folder
    }

    fn source(path: &Path) -> Source<'_> {
        Source { path, format: "natural-instructions", track: "default", overrides: &[] }
    }

    fn error(source: Source<'_>, split: Split) -> String {
        super::super::load_split(source, split, Keep::All).unwrap_err().to_string()
    }

    #[test]
    fn tasks_come_in_the_order_of_the_list_with_counts_over_the_whole_file() {
        let folder = collection("t2.json\r\n\n t1 \n", TASK);
        let set = load(source(folder.path()), Split::Test, Keep::First(1)).unwrap();
        let names: Vec<&str> = set.tasks.iter().map(|task| task.name.as_str()).collect();
        assert_eq!(names, ["t2", "t1"]);
        assert_eq!((set.tasks[0].instances.len(), set.tasks[0].instance_count), (1, 3));
        assert_eq!(set.tasks[0].output_space.labels.iter().map(|label| label.count).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(set.problems, []);
    }

    #[test]
    fn the_hash_is_that_of_the_file() {
        let folder = collection("t1", TASK);
        let set = load(source(folder.path()), Split::Test, Keep::First(0)).unwrap();
        assert_eq!(set.tasks[0].hash, hexadecimal(&Sha256::digest(TASK)));
        assert_eq!(set.tasks[0].hash.len(), 64);
    }

    #[test]
    fn bad_files_are_problems_and_the_others_are_read() {
        let folder = collection("t2\nt1\ngone\nt1\n", "{\"Definition\": ");
        let set = load(source(folder.path()), Split::Test, Keep::All).unwrap();
        assert_eq!(set.tasks.len(), 1);
        let reasons: Vec<String> =
            set.problems.iter().map(|problem| format!("{}: {}", problem.path.display(), problem.reason)).collect();
        assert!(reasons[0].contains("test_tasks.txt: the list names a task twice"), "{reasons:?}");
        assert!(reasons[1].contains("t2.json: EOF while parsing a value"), "{reasons:?}");
        assert!(reasons[2].contains("gone.json: the split lists this task, but there is no such file"), "{reasons:?}");
        assert_eq!(reasons.len(), 3);
    }

    #[test]
    fn the_plan_overrules_one_task_and_not_the_other() {
        let folder = collection("t1\nt2", TASK);
        let generation = [TaskOverride { name: "t2".into(), kind: Some(TaskKind::Generation), labels: None }];
        let source = Source { overrides: &generation, ..source(folder.path()) };
        let set = load(source, Split::Test, Keep::All).unwrap();
        let kinds: Vec<TaskKind> = set.tasks.iter().map(|task| task.output_space.kind).collect();
        assert_eq!(kinds, [TaskKind::Classification, TaskKind::Generation]);
    }

    #[test]
    fn a_plan_that_overrules_nobody_is_told() {
        let folder = collection("t1", TASK);
        let overrides = ["t2", "t3"].map(|name| TaskOverride { name: name.into(), kind: None, labels: None });
        let set = load(Source { overrides: &overrides, ..source(folder.path()) }, Split::Test, Keep::All).unwrap();
        assert_eq!(set.problems.len(), 1);
        assert!(set.problems[0].path.ends_with("tasks/t3.json"), "t2 has a file, though it is in no split");
    }

    #[test]
    fn what_is_missing_is_named_with_what_there_is() {
        let folder = collection("\n", TASK);
        let source = source(folder.path());
        let gone = folder.path().join("gone");
        assert!(error(Source { path: &gone, ..source }, Split::Test).contains("the folder of tasks does not exist"));
        let splits = folder.path().join("splits");
        assert!(error(Source { path: &splits, ..source }, Split::Test).contains("there is no `tasks` in"));
        let message = error(Source { track: "defualt", ..source }, Split::Test);
        assert!(
            message.contains("the collection has default, xlingual, the nearest is `default`: `defualt`"),
            "{message}"
        );
        assert!(error(source, Split::Train).contains("the track has no list of train tasks"));
        assert!(error(source, Split::Test).contains("the list of test tasks is empty"));
        let message = error(Source { format: "natural-instruction", ..source }, Split::Test);
        assert!(message.contains("the known ones are natural-instructions: `natural-instruction`"), "{message}");
    }
}
