//! `placebo plugin`: the plugins there are, and what their authors and users do with them.

mod list;
mod new;
mod template;
mod trust;
mod validate;

use crate::outcome::Ending;

const EXAMPLES: &str = "\
Examples:
  placebo plugin                                             all transforms and metrics
  placebo plugin examples.first                              one of them
  placebo plugin --json | jq '.plugins[].id'
  placebo plugin new my-typos --kind transform --language python
  placebo plugin validate my-typos
  placebo plugin trust my-typos";

/// Lists the transforms and metrics, or makes, examines and trusts plugins.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, visible_alias = "plugins", args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    list: list::Args,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    New(new::Args),
    Validate(validate::Args),
    Trust(trust::Args),
}

/// Does what is asked for; without a subcommand it lists.
pub fn execute(args: &Args) -> Ending {
    match &args.action {
        None => list::execute(&args.list),
        Some(Action::New(args)) => new::execute(args),
        Some(Action::Validate(args)) => validate::execute(args),
        Some(Action::Trust(args)) => trust::execute(args),
    }
}
