//! What goes into a bundle: names in order, and where their bytes come from.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use super::{BundleError, COMPARISON, FIGURES, REPORT, RESULTS, answer, readme};
use crate::report::{Record, read_records};
use crate::results::{Build, PlanFolder, ResultsError, RunFolder, RunState};

/// The files of a bundle before it is written.
#[derive(Debug)]
pub struct Contents {
    /// The folder that everything in the archive lies in: the plan's name, or `results` for several plans.
    pub(super) top: String,
    /// Name inside that folder → where the bytes come from.
    pub(super) entries: BTreeMap<String, Source>,
    /// Runs, in whatever state.
    pub runs: usize,
    /// Those of them that are not finished.
    pub unfinished: usize,
    /// Runs that cannot be read; they are left out.
    pub problems: Vec<ResultsError>,
}

/// Where the bytes of a file come from.
#[derive(Debug)]
pub(super) enum Source {
    /// Copied.
    File(PathBuf),
    /// Made for the bundle.
    Made(String),
}

impl Source {
    pub(super) fn bytes(&self) -> io::Result<Vec<u8>> {
        match self {
            Source::File(path) => fs_err::read(path),
            Source::Made(text) => Ok(text.clone().into_bytes()),
        }
    }
}

impl Contents {
    /// Everything in the results at `path` but checkpoints: plans, the records of the runs, and `figures` beside them.
    ///
    /// `build` is the program that bundles, for the page that explains the bundle.
    ///
    /// # Errors
    /// A folder that cannot be read or that holds no runs, or runs that somebody works on.
    pub fn of(path: &Path, build: &Build) -> Result<Self, BundleError> {
        let (records, problems) = read_records(path)?;
        let running = records.iter().filter(|record| record.state == RunState::Running).count();
        if running > 0 {
            return Err(BundleError::InProgress { running, path: path.to_owned() });
        }
        let mut contents = Self::empty(&records, problems);
        let mut plans = BTreeSet::new();
        for record in &records {
            plans.insert(contents.add_run(record)?);
        }
        for folder in &plans {
            contents.add_plan(folder)?;
        }
        contents.top = match plans.first() {
            Some(only) if plans.len() == 1 => name_of(only),
            _ => RESULTS.to_owned(),
        };
        contents.add(COMPARISON, Source::Made(answer::to_text(&answer::comparison(&records))));
        contents.add(readme::NAME, Source::Made(readme::text(&contents.top, build)));
        Ok(contents)
    }

    /// Adds a folder, such as one that a report was written to, as `report`.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn add_report(&mut self, folder: &Path) -> Result<(), BundleError> {
        for (name, path) in files_below(folder)? {
            self.add(format!("{REPORT}/{name}"), Source::File(path));
        }
        Ok(())
    }

    fn empty(records: &[Record], problems: Vec<ResultsError>) -> Self {
        let unfinished = records.iter().filter(|record| record.state != RunState::Finished).count();
        Self { top: String::new(), entries: BTreeMap::new(), runs: records.len(), unfinished, problems }
    }

    fn add(&mut self, name: impl Into<String>, source: Source) {
        self.entries.insert(name.into(), source);
    }

    /// Adds a run's record; returns the folder of its plan.
    fn add_run(&mut self, record: &Record) -> Result<PathBuf, BundleError> {
        let path = fs_err::canonicalize(&record.path)?;
        let plan = path.parent().map(Path::to_owned).unwrap_or_default();
        for file in RunFolder::open(&path)?.record_files() {
            let name = format!("{RESULTS}/{}/{}/{}", name_of(&plan), name_of(&path), name_of(&file));
            self.add(name, Source::File(file));
        }
        Ok(plan)
    }

    /// Adds the plan in a folder and the figures beside it.
    fn add_plan(&mut self, folder: &Path) -> io::Result<()> {
        let place = format!("{RESULTS}/{}", name_of(folder));
        let plan = PlanFolder::plan_file(folder);
        if plan.is_file() {
            self.add(format!("{place}/{}", name_of(&plan)), Source::File(plan));
        }
        let figures = folder.join(FIGURES);
        if figures.is_dir() {
            for (name, path) in files_below(&figures)? {
                self.add(format!("{place}/{FIGURES}/{name}"), Source::File(path));
            }
        }
        Ok(())
    }
}

/// All files below a folder by their names inside it, with slashes on every system.
pub(super) fn files_below(folder: &Path) -> io::Result<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![(String::new(), folder.to_owned())];
    while let Some((prefix, folder)) = folders.pop() {
        for entry in fs_err::read_dir(folder)? {
            let path = entry?.path();
            let name = format!("{prefix}{}", name_of(&path));
            if path.is_dir() {
                folders.push((format!("{name}/"), path));
            } else {
                files.insert(name, path);
            }
        }
    }
    Ok(files)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
