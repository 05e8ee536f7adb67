//! Counting a prompt's tokens: by `placebo prompts`, since the window carries no tokenizer and no model.

use crate::message::Told;
use crate::settings::write_file;
use crate::state::{Counted, Prompt, Shown};
use placebo_experiment::plan::Plan;
use placebo_plugin_api::Stage;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is to be counted, and by which program.
#[derive(Debug, Clone)]
pub(crate) struct Count {
    pub(crate) plan: Plan,
    pub(crate) shown: Shown,
    pub(crate) prompt: std::sync::Arc<Prompt>,
    /// Where the plan is written for the program to read.
    pub(crate) file: PathBuf,
    pub(crate) program: PathBuf,
}

/// A line of what the program prints.
#[derive(Deserialize)]
struct Line {
    instance: String,
    prompt: String,
    tokens: usize,
    truncated: bool,
}

impl Count {
    /// Counts.
    ///
    /// # Errors
    /// A checkpoint that is not on this machine, or an instance that no run of the plan would read.
    pub(crate) fn carry_out(&self) -> Told<Counted> {
        let toml = self.plan.to_toml().map_err(|error| error.to_string())?;
        write_file(&self.file, toml.as_bytes()).map_err(|error| error.to_string())?;
        let output = self.command(&self.file).output();
        let output = output.map_err(|error| format!("{error}: `{}`", self.program.display()))?;
        if !output.status.success() {
            return Err(cause(&String::from_utf8_lossy(&output.stderr)));
        }
        self.find(&String::from_utf8_lossy(&output.stdout))
    }

    fn command(&self, plan: &Path) -> Command {
        let stage = if self.shown.stage == Stage::Train { "train" } else { "test" };
        let condition = self.plan.conditions.get(self.shown.condition).map_or("", |condition| &condition.name);
        let mut command = Command::new(&self.program);
        command.arg("prompts").arg(plan).args(["--json", "--limit", "0", "--stage", stage]);
        command.args(["--condition", condition, "--task", &self.prompt.task]);
        // Looking at a prompt is no reason to fetch a model.
        command.env("HF_HUB_OFFLINE", "1");
        command
    }

    fn find(&self, lines: &str) -> Told<Counted> {
        let lines = lines.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok());
        let found = lines.into_iter().find(|line| line.instance == self.prompt.instance);
        let found = found.ok_or("not among the instances that the plan's runs read")?;
        Ok(Counted { prompt: found.prompt, tokens: found.tokens, truncated: found.truncated })
    }
}

/// The last error that a program tells of, without its heading.
fn cause(said: &str) -> String {
    let error = said.lines().rev().find_map(|line| line.strip_prefix("error: "));
    error.or(said.lines().last()).unwrap_or("the program said nothing").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_is_the_last_error() {
        assert_eq!(cause("warning: a\nerror: no such model\n"), "no such model");
        assert_eq!(cause(""), "the program said nothing");
    }

    #[cfg(unix)]
    #[test]
    fn the_line_of_the_instance_counts() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("placebo");
        let line = |id| {
            format!(r#"{{"task":"t","instance":"{id}","prompt":"p {id}","targets":[],"tokens":7,"truncated":true}}"#)
        };
        let script = format!("#!/bin/sh\ncat <<'END'\n{}\n{}\nEND\n", line("a"), line("b"));
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let count = |instance: &str| Count {
            plan: crate::state::Draft::default().plan,
            shown: Shown::default(),
            prompt: Prompt { instance: instance.into(), ..Prompt::default() }.into(),
            file: folder.path().join("plan.toml"),
            program: program.clone(),
        };
        let counted = count("b").carry_out().unwrap();
        assert_eq!((counted.prompt.as_str(), counted.tokens, counted.truncated), ("p b", 7, true));
        assert_eq!(count("c").carry_out().unwrap_err(), "not among the instances that the plan's runs read");
    }
}
