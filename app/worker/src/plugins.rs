//! The plugins at a command's hand: found, asked about where somebody sits at a terminal, refusals and crashes told.

use crate::interrupt::Interrupt;
use placebo_experiment::plugin::{Registry, Search, Stranger};
use std::io::IsTerminal;
use std::path::PathBuf;

/// What every command that uses plugins is told about them.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct PluginOptions {
    /// Use only the plugins that came with the program.
    #[arg(long)]
    pub no_plugins: bool,
}

impl PluginOptions {
    /// The plugins for a plan, which may name folders of its own; what is refused is said before the plan is judged,
    /// because the plan may miss what that would have offered.
    pub fn for_plan(self, folders: &[PathBuf], interrupt: &Interrupt) -> Registry {
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
