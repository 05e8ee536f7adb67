//! `placebo table`: the comparison as a table for a paper.

use super::asked::Asked;
use super::compare::Answer;
use crate::outcome::Ending;
use crate::output;
use clap::ValueEnum;
use placebo_experiment::report::sheet::{Sheet, Spread, Style, markdown};
use placebo_experiment::report::{csv, latex};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  placebo table results/definitions > table.tex          needs \\usepackage{booktabs}
  placebo table results/definitions --format markdown
  placebo table results/definitions --format csv --metric rouge-1
  placebo table results/definitions --baseline Original --test t --correction holm

The caption says what the numbers are, over how many tasks, instances and seeds, and what bold and marks mean.";

/// Writes the comparison as a table: LaTeX, Markdown or CSV.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Folder of all results, of a plan's results, or of a run.
    #[arg(value_name = "RESULTS")]
    folder: PathBuf,
    /// The table's language.
    #[arg(long, value_enum, default_value_t = Format::Latex)]
    format: Format,
    #[command(flatten)]
    asked: Asked,
    /// What stands behind the means; the interval where one is asked for, and the deviation otherwise.
    #[arg(long, value_enum)]
    spread: Option<Behind>,
}

/// In which language a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With booktabs.
    Latex,
    /// GitHub's.
    Markdown,
    /// A cell a line, with all that is known of it.
    Csv,
}

/// What stands behind the means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Behind {
    /// ± the sample standard deviation over seeds.
    Deviation,
    /// The interval.
    Interval,
    /// Nothing.
    None,
}

/// Prints the table; runs that cannot be read make it a failure, though the others are compared.
pub fn execute(args: &Args) -> Ending {
    let answer = Answer::of(&args.folder, &args.asked, &args.asked.metric, |_| Ok(args.asked.question()))?;
    let sheet = || Sheet::of(&answer.comparison, &Style::new(args.spread(), answer.plugins.registry()));
    let table = match args.format {
        Format::Latex => latex::write(&sheet()),
        Format::Markdown => markdown::write(&sheet()),
        Format::Csv => csv::write(&answer.comparison),
    };
    output::line(table.trim_end())?;
    Ok(answer.outcome())
}

impl Args {
    fn spread(&self) -> Spread {
        match self.spread {
            None if self.asked.question().interval.is_some() => Spread::Interval,
            None | Some(Behind::Deviation) => Spread::Deviation,
            Some(Behind::Interval) => Spread::Interval,
            Some(Behind::None) => Spread::None,
        }
    }
}
