//! Task sets that were read, kept for the next run that reads the same.
//!
//! All conditions of a seed train on the same instances, and all runs of a study answer the same questions; a
//! collection of some gigabytes is not read for each of them.

use std::sync::{Arc, Mutex, PoisonError};

use super::{LoadError, TaskSet, load_split};
use crate::run_spec::RunData;
use crate::sample::Keep;
use crate::split::Split;
use crate::task::Instance;

/// Bytes of instances kept at most: what is answered, and 100 instances of 756 tasks for some seeds; a sweep up to many
/// more instances reads them anew rather than hold gigabytes while a model trains.
const MOST: usize = 512 << 20;

/// Task sets by what was asked for, the last asked for at the end.
///
/// A set stays as it was read first, also when a file changes meanwhile, so that runs compared are runs of one corpus.
#[derive(Debug)]
pub struct Shelf {
    sets: Mutex<Vec<(Request, Arc<TaskSet>)>>,
    /// Bytes of instances kept at most.
    most: usize,
}

impl Default for Shelf {
    fn default() -> Self {
        Shelf { sets: Mutex::default(), most: MOST }
    }
}

/// What determines a set.
#[derive(Debug, Clone, PartialEq)]
struct Request {
    /// Where it is read; sizes play no part.
    data: RunData,
    split: Split,
    keep: Keep,
}

impl Shelf {
    /// The tasks of a split with the instances that `keep` says, read if they are not here yet.
    ///
    /// # Errors
    /// As [`load_split`]; what failed is tried again the next time.
    pub fn load_split(&self, data: &RunData, split: Split, keep: Keep) -> Result<Arc<TaskSet>, LoadError> {
        let sizes_apart = RunData { train_instances_per_task: 0, test_instances_per_task: 0, ..data.clone() };
        let request = Request { data: sizes_apart, split, keep };
        // Held while a set is read: whoever wants the same waits for it instead of reading it too.
        let mut sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        let found = match sets.iter().position(|(known, _)| *known == request) {
            Some(place) => sets.remove(place).1,
            None => Arc::new(load_split(data, split, keep)?),
        };
        if size(&found) <= self.most {
            sets.push((request, Arc::clone(&found)));
        }
        while sets.iter().map(|(_, set)| size(set)).sum::<usize>() > self.most {
            sets.remove(0);
        }
        Ok(found)
    }
}

/// Bytes that the instances of a set take.
fn size(set: &TaskSet) -> usize {
    let text = |instance: &Instance| {
        let outputs: usize = instance.outputs.iter().map(String::len).sum();
        size_of::<Instance>() + instance.id.len() + instance.input.len() + outputs
    };
    set.tasks.iter().flat_map(|task| &task.instances).map(text).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collection() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("tasks/a.json", r#"{"Definition": ["Say."], "Instances": [{"id": "1", "input": "x", "output": ["y"]}]}"#),
            ("splits/default/train_tasks.txt", "a\n"),
            ("splits/default/test_tasks.txt", "a\n"),
        ] {
            let path = folder.path().join(path);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(path, text).unwrap();
        }
        folder
    }

    fn data(folder: &tempfile::TempDir, size: usize) -> RunData {
        RunData {
            path: folder.path().into(),
            format: "natural-instructions".into(),
            track: "default".into(),
            train_instances_per_task: size,
            test_instances_per_task: 1,
            tasks: Vec::new(),
            digest: String::new(),
        }
    }

    #[test]
    fn what_was_read_is_read_once_and_stays_as_it_was() {
        let (folder, shelf) = (collection(), Shelf::default());
        let ask = |size, keep| shelf.load_split(&data(&folder, size), Split::Train, keep).unwrap();
        let first = ask(1, Keep::All);
        assert_eq!((first.tasks.len(), first.tasks[0].instances.len()), (1, 1));
        fs_err::remove_file(folder.path().join("tasks/a.json")).unwrap();
        assert!(Arc::ptr_eq(&first, &ask(2, Keep::All)));
        assert_eq!(ask(1, Keep::First(1)).problems.len(), 1);
    }

    #[test]
    fn the_sets_asked_for_least_lately_make_room() {
        let folder = collection();
        let sample = |shelf: &Shelf, seed| {
            shelf.load_split(&data(&folder, 1), Split::Train, Keep::Sample { seed, count: 1 }).unwrap()
        };
        let one = size(&sample(&Shelf::default(), 0));
        let shelf = Shelf { most: 2 * one, ..Shelf::default() };
        let (oldest, second) = (sample(&shelf, 0), sample(&shelf, 1));
        assert!(Arc::ptr_eq(&oldest, &sample(&shelf, 0)));
        sample(&shelf, 2);
        assert!(Arc::ptr_eq(&oldest, &sample(&shelf, 0)));
        assert!(!Arc::ptr_eq(&second, &sample(&shelf, 1)));
        let small = Shelf { most: one - 1, ..Shelf::default() };
        assert!(!Arc::ptr_eq(&sample(&small, 0), &sample(&small, 0)), "a set that has no room was kept");
    }

    #[test]
    fn a_failure_is_not_kept() {
        let (folder, shelf) = (collection(), Shelf::default());
        let list = folder.path().join("splits/default/train_tasks.txt");
        let ask = || shelf.load_split(&data(&folder, 1), Split::Train, Keep::All);
        fs_err::write(&list, "").unwrap();
        assert!(ask().is_err());
        fs_err::write(&list, "a").unwrap();
        assert!(ask().is_ok());
    }
}
