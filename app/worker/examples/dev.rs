use clap::Parser;
use placebo_worker::{commands, outcome};
#[derive(Parser)]
enum C { Tasks(commands::tasks::Args), Score(commands::score::Args), Plugins(commands::plugins::Args), Stop(commands::stop::Args) }
fn main() -> std::process::ExitCode {
    let c = C::parse();
    outcome::conclude(|| match c { C::Tasks(a)=>commands::tasks::execute(&a), C::Score(a)=>commands::score::execute(&a), C::Plugins(a)=>commands::plugins::execute(&a), C::Stop(a)=>commands::stop::execute(&a) })
}
