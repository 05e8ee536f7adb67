//! The command line: which commands there are and what each is told.

use crate::commands::{
    bench, bundle, compare, demo, figure, model, plugin, plugin_host, power, prompts, report, resume, run, score, stop,
    table, tasks, tokenizer, verify, window,
};
use clap::{Parser, Subcommand};

const AFTER_HELP: &str = "\
Examples:
  placebo                                    opens the window
  placebo demo                               the bundled experiment, in about a minute
  placebo run plan.toml                      every run of a plan; again to go on where it stopped
  placebo compare results/definitions        its table

Exit codes: 0 done, 1 failed, 2 bad usage, 3 stopped.";

/// Controlled trials of instruction tuning.
#[derive(Debug, Parser)]
#[command(name = "placebo", version, after_help = AFTER_HELP, max_term_width = 100)]
pub struct Cli {
    /// What to do; without it the window opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Cli {
    /// Reads the command line; help, version and bad usage end the process here.
    pub fn read() -> Self {
        Self::parse()
    }
}

/// One variant per command; each carries what its module reads.
#[derive(Debug, Subcommand)]
pub enum Command {
    Window(window::Args),
    Demo(demo::Args),
    Run(run::Args),
    Compare(compare::Args),
    Table(table::Args),
    Figure(figure::Args),
    Report(report::Args),
    Bundle(bundle::Args),
    Verify(verify::Args),
    Power(power::Args),
    Tasks(tasks::Args),
    Prompts(prompts::Args),
    Score(score::Args),
    Stop(stop::Args),
    Resume(resume::Args),
    Tokenizer(tokenizer::Args),
    Model(model::Args),
    Plugin(plugin::Args),
    PluginHost(plugin_host::Args),
    Bench(bench::Args),
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples() {
        fn check(command: &clap::Command) {
            let leaves = command.get_subcommands().collect::<Vec<_>>();
            if leaves.is_empty() {
                let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
                assert!(help.starts_with("Examples:\n"), "no examples: {}", command.get_name());
            }
            leaves.into_iter().for_each(check);
        }
        check(&Cli::command());
    }
}
