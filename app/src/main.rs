//! Placebo runs controlled trials of instruction tuning: this is its one executable.

mod allocator;
mod window;

use placebo_worker::{Cli, Command, commands, outcome};
use std::process::ExitCode;

fn main() -> ExitCode {
    allocator::keep_freed_memory();
    let cli = Cli::read();
    outcome::conclude(|| match cli.command.unwrap_or(Command::Window(Default::default())) {
        Command::Window(args) => window::open(args),
        Command::Demo(args) => commands::demo::execute(&args),
        Command::Run(args) => commands::run::execute(&args),
        Command::Compare(args) => commands::compare::execute(&args),
        Command::Table(args) => commands::table::execute(&args),
        Command::Figure(args) => commands::figure::execute(&args),
        Command::Report(args) => commands::report::execute(&args),
        Command::Bundle(args) => commands::bundle::execute(&args),
        Command::Verify(args) => commands::verify::execute(&args),
        Command::Power(args) => commands::power::execute(&args),
        Command::Tasks(args) => commands::tasks::execute(&args),
        Command::Prompts(args) => commands::prompts::execute(&args),
        Command::Score(args) => commands::score::execute(&args),
        Command::Stop(args) => commands::stop::execute(&args),
        Command::Resume(args) => commands::resume::execute(&args),
        Command::Tokenizer(args) => commands::tokenizer::execute(&args),
        Command::Model(args) => commands::model::execute(&args),
        Command::Plugin(args) => commands::plugin::execute(&args),
        Command::PluginHost(args) => commands::plugin_host::execute(&args),
        Command::Bench(args) => commands::bench::execute(&args),
    })
}
