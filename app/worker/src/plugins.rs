//! The plugins at a command's hand: found, asked about where somebody sits at a terminal, refusals and crashes told.

use crate::interrupt::Interrupt;
use crate::outcome::{Failure, OrUsage};
use placebo_experiment::plan::Plan;
use placebo_experiment::plugin::{Registry, Search, Stranger};
use placebo_experiment::report::Record;
use placebo_experiment::results::PlanFolder;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// What every command that uses plugins is told about them.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct PluginOptions {
    /// Use only the plugins that came with the program.
    #[arg(long)]
    pub no_plugins: bool,
}

impl PluginOptions {
    /// The plugins in the usual places and in these folders, which a plan may name; every command finds them so. What is
    /// refused is said before a plan is judged, because the plan may miss what that would have offered.
    pub fn load(self, folders: &[PathBuf], interrupt: &Interrupt) -> Registry {
        let search = self.search(folders).cancelled_by(interrupt.flag());
        for crash in search.crash_notes().take() {
            let (plugin, path) = (&crash.plugin, crash.path.display());
            eprintln!("warning: plugin `{plugin}` crashed when it was last used: {}", crash.cause);
            eprintln!("         `placebo plugin validate {path}` examines it, `--no-plugins` does without");
        }
        let registry = search.load();
        for refusal in registry.refused() {
            eprintln!("warning: a plugin is refused: {}: `{}`", refusal.reason, refusal.path.display());
        }
        registry
    }

    /// A search that asks about strangers where somebody can answer.
    pub fn search(self, folders: &[PathBuf]) -> Search<'static> {
        let search = Search::standard().also(folders).asking(ask);
        if self.no_plugins { search.without_strangers() } else { search }
    }
}

/// The plugins of a command that may do without any: found when they are first needed, and once.
#[derive(Debug)]
pub struct Plugins {
    options: PluginOptions,
    folders: Vec<PathBuf>,
    found: OnceCell<Registry>,
}

impl Plugins {
    /// Those that a plan would have.
    ///
    /// # Errors
    /// The plan cannot be read.
    pub fn of_plan(options: PluginOptions, plan: Option<&Path>) -> Result<Self, Failure> {
        let plan = plan.map(Plan::read).transpose().or_usage()?;
        Ok(Self { options, folders: plan.map(|plan| plan.plugins).unwrap_or_default(), found: OnceCell::new() })
    }

    /// Those that the plans of some runs would have; a plan that cannot be read any more names no folders.
    pub fn of_records(options: PluginOptions, records: &[Record]) -> Self {
        let folders: BTreeSet<&Path> = records.iter().filter_map(|record| record.path.parent()).collect();
        let plans = folders.into_iter().filter_map(|folder| Plan::read(&PlanFolder::plan_file(folder)).ok());
        Self { options, folders: plans.flat_map(|plan| plan.plugins).collect(), found: OnceCell::new() }
    }

    /// All of them.
    pub fn registry(&self) -> &Registry {
        self.found.get_or_init(|| self.options.load(&self.folders, &Interrupt::default()))
    }
}

/// Whether the person at the terminal trusts a plugin; a script at its place does not.
fn ask(stranger: &Stranger) -> bool {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return false;
    }
    let what = if stranger.has_changed { "has changed since it was trusted" } else { "has not been used before" };
    let offers = if stranger.ids.is_empty() { String::new() } else { format!(" ({})", stranger.ids.join(", ")) };
    eprintln!("A plugin {what}: `{}`{offers}", stranger.path.display());
    eprint!("It would run as a program of yours, in a process of its own. Do you trust it? [y/N] ");
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}
