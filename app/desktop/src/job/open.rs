//! Finding out what lies at a path, and writing plans.

use crate::message::{Found, Told};
use crate::settings::write_file;
use placebo_experiment::plan::Plan;
use placebo_experiment::results::{PlanFolder, scan};
use std::path::{Path, PathBuf};

/// Tells a plan from results from a task collection.
///
/// # Errors
/// A path that is none of them, with what was looked for.
pub(crate) fn open(path: &Path) -> Told<Found> {
    if path.is_file() {
        return Plan::read(path).map(|plan| Found::Plan(Box::new(plan))).map_err(|error| error.to_string());
    }
    if path.join("splits").is_dir() {
        return Ok(Found::Data(path.to_owned()));
    }
    if !path.is_dir() {
        return Err(format!("there is no such file or folder any more: `{}`", path.display()));
    }
    let found = scan(path).map_err(|error| error.to_string())?;
    let has_plan = PlanFolder::plan_file(path).is_file();
    if has_plan || !found.runs.is_empty() || !found.problems.is_empty() {
        return Ok(Found::Results(path.to_owned()));
    }
    Err(format!(
        "neither a plan nor results nor a task collection; a collection has a folder `splits`, results have runs with a \
         `spec.json`: `{}`",
        path.display()
    ))
}

/// Writes a plan.
///
/// # Errors
/// A plan that TOML cannot hold, or a folder that cannot be written to.
pub(crate) fn save(plan: Plan, path: PathBuf) -> Told<(PathBuf, Box<Plan>)> {
    let toml = plan.to_toml().map_err(|error| error.to_string())?;
    write_file(&path, toml.as_bytes()).map_err(|error| error.to_string())?;
    Ok((path, Box::new(plan)))
}

/// The plan as it was last edited, sound or not; `None` where there is none.
pub(crate) fn read_draft(path: &Path) -> Option<Box<Plan>> {
    let text = fs_err::read_to_string(path).ok()?;
    toml::from_str(&text).ok().map(Box::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_what_lies_there() {
        let folder = tempfile::tempdir().unwrap();
        let message = open(&folder.path().join("gone")).unwrap_err();
        assert!(message.starts_with("there is no such file"), "{message}");
        let message = open(folder.path()).unwrap_err();
        assert!(message.starts_with("neither a plan"), "{message}");
        std::fs::create_dir(folder.path().join("splits")).unwrap();
        assert!(matches!(open(folder.path()), Ok(Found::Data(_))));
    }

    #[test]
    fn a_plan_that_was_written_opens() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plans").join("a.toml");
        save(crate::state::Draft::default().plan, path.clone()).unwrap();
        assert!(matches!(open(&path), Ok(Found::Plan(_))));
    }
}
