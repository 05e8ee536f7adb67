//! The answers of a run; each group is kept as soon as it is there, so that a stop loses none.

use super::{Control, Outcome, Run, RunError};
use crate::generate::{Answer, Generator, Group, Query, Strategy};
use crate::t5::T5;
use fs_err::OpenOptions;
use placebo_experiment::corpus::Question;
use placebo_experiment::event::Event;
use placebo_experiment::generation::Generation;
use placebo_experiment::plan;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Answers every question of a run, going on where it stopped; `step` is how far its training went.
pub fn answer(run: Run, model: &T5, control: &mut Control, step: usize) -> Result<Outcome, RunError> {
    let queries: Vec<_> = run.corpus.test.par_iter().map(|question| query(run, question)).collect();
    let generator = Generator {
        model,
        strategy: strategy(run.spec.decoding.strategy),
        max_new_tokens: run.spec.prompt.max_target_tokens,
        batch_tokens: run.spec.decoding.batch_tokens,
        ignore_end: false,
    };
    let groups = generator.groups(&queries);
    let mut kept = Kept::open(run, &groups)?;
    let open = &groups[kept.groups.len()..];
    let mut told = open.iter();
    let total = queries.len();
    (control.tell)(Event::Generating { done: kept.answers(), total });
    if !open.is_empty() && (control.stop)() {
        return Ok(Outcome::Stopped { step });
    }
    let ended = |answers: Vec<Answer>| {
        let group = told.next().into_iter().flatten();
        kept.add(group.zip(answers).map(|(at, answer)| text(run, *at, answer)).collect())?;
        (control.tell)(Event::Generating { done: kept.answers(), total });
        let stops = kept.answers() < total && (control.stop)();
        Ok::<_, RunError>(if stops { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    if generator.answer(&queries, open, ended)?.is_break() {
        return Ok(Outcome::Stopped { step });
    }
    Ok(Outcome::Finished(kept.generations(run, &groups)))
}

fn query(run: Run, question: &Question) -> Query {
    let choices = question.labels.iter().map(|label| run.tokenizer.encode(label)).collect();
    Query { source: run.tokenizer.encode_truncated(&question.source, run.spec.prompt.max_source_tokens), choices }
}

fn strategy(strategy: plan::Strategy) -> Strategy {
    match strategy {
        plan::Strategy::Greedy => Strategy::Greedy,
        plan::Strategy::Constrained => Strategy::Constrained,
        plan::Strategy::Rank => Strategy::Rank,
    }
}

fn text(run: Run, question: usize, answer: Answer) -> String {
    match answer {
        Answer::Tokens(tokens) => run.tokenizer.decode(&tokens),
        Answer::Choice(choice) => run.corpus.test[question].labels[choice].clone(),
    }
}

/// The groups that are answered, in a file of one line each.
struct Kept {
    path: PathBuf,
    groups: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    answers: Vec<String>,
}

impl Kept {
    /// Reads what an earlier process has answered, up to the first line that is torn or of other groups.
    fn open(run: Run, groups: &[Group]) -> Result<Self, RunError> {
        let path = run.saves.join("answers.jsonl");
        let text = match fs_err::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(cause) => return Err(RunError::File { cause, path }),
        };
        let fits = |(line, group): (&str, &Group)| {
            serde_json::from_str(line).ok().filter(|line: &Line| line.answers.len() == group.len())
        };
        let complete = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        let lines: Vec<Line> = complete.zip(groups).map_while(fits).collect();
        let kept = Self { path, groups: lines };
        kept.rewrite()?;
        Ok(kept)
    }

    fn rewrite(&self) -> Result<(), RunError> {
        let lines: String = self.groups.iter().map(as_line).collect();
        fs_err::write(&self.path, lines).map_err(|cause| self.failed(cause))
    }

    fn add(&mut self, answers: Vec<String>) -> Result<(), RunError> {
        let line = Line { answers };
        let append = || -> std::io::Result<()> {
            let mut file = OpenOptions::new().append(true).open(&self.path)?;
            file.write_all(as_line(&line).as_bytes())
        };
        append().map_err(|cause| self.failed(cause))?;
        self.groups.push(line);
        Ok(())
    }

    fn failed(&self, cause: std::io::Error) -> RunError {
        RunError::File { cause, path: self.path.clone() }
    }

    /// Answers that are kept.
    fn answers(&self) -> usize {
        self.groups.iter().map(|line| line.answers.len()).sum()
    }

    fn generations(self, run: Run, groups: &[Group]) -> Vec<Generation> {
        let answers = groups.iter().flatten().zip(self.groups.into_iter().flat_map(|line| line.answers));
        let mut answers: Vec<_> = answers.collect();
        answers.sort_by_key(|(question, _)| **question);
        answers.into_iter().map(|(at, answer)| Generation::new(&run.corpus.test[*at], answer)).collect()
    }
}

fn as_line(line: &Line) -> String {
    let mut text = serde_json::to_string(line).expect("strings always serialise");
    text.push('\n');
    text
}
