//! What jobs answer: one message each, taken up between two frames.

use crate::state::{
    Asked, Behind, Chart, Check, Counted, Examination, Picture, Prompt, RunView, Sheet, Shown, TaskBook, Trial,
};
use placebo_experiment::plan::{DataPlan, Plan};
use placebo_experiment::plugin::Registry;
use placebo_experiment::report::figure::{FigureData, FigureSpec};
use placebo_experiment::report::{Comparison, Question, Record};
use placebo_plugin_api::Case;
use std::path::PathBuf;
use std::sync::Arc;

/// An answer, or a sentence that says what failed and what to do.
pub type Told<T> = Result<T, String>;

/// One answer.
#[derive(Debug)]
pub enum Message {
    /// The plugins are loaded.
    Plugins(Registry),
    /// The plan as it was left, if it was.
    Restored(Option<Box<Plan>>),
    /// Settings and draft were written, or not.
    Remembered(Told<()>),
    /// A person chose a path, or none.
    Chosen(Purpose, Option<PathBuf>),
    /// What lies at a path that was opened.
    Opened(PathBuf, Told<Found>),
    /// The plan was written.
    Saved(Told<(PathBuf, Box<Plan>)>),
    /// The edited text was read.
    TextRead(Told<Box<Plan>>),
    /// What a version of the plan unfolds into.
    Checked(u64, Check),
    /// The tasks of a collection.
    TasksRead(DataPlan, Told<Arc<TaskBook>>),
    /// A prompt of a version of the plan.
    Prompted(u64, Shown, Told<Arc<Prompt>>),
    /// The tokens of a prompt of a version of the plan.
    Counted(u64, Shown, Told<Counted>),
    /// How the watched folder stands.
    Seen(PathBuf, Told<Seen>),
    /// A process was started for the plan of this name, or not.
    Launched(String, Told<PathBuf>),
    /// A process that the window had started ended.
    Ended(Ending),
    /// A wish to stop was written, or not.
    Asked(Told<usize>),
    /// The records of a folder.
    Records(PathBuf, Told<(Arc<Vec<Record>>, Vec<String>)>),
    /// The answer to a question.
    Compared(Box<Question>, Told<Arc<Comparison>>),
    /// The numbers of a chart.
    Charted(Box<Chart>, Told<Arc<FigureData>>),
    /// Finished runs were scored with a metric more.
    Rescored(String, Told<usize>),
    /// The figure as it would be exported.
    Drawn(Box<FigureSpec>, Told<Picture>),
    /// Files were written.
    Written(Told<Vec<PathBuf>>),
    /// The answers of two runs.
    Answers(Asked, Told<Arc<Sheet>>),
    /// Which of them are wanted.
    Found(Asked, Arc<Vec<usize>>),
    /// The prompts behind the answers of a row, in the order of the runs.
    Behind(Asked, usize, Vec<Told<Behind>>),
    /// What a plugin made of an example.
    Tried(Box<Trial>, Box<Told<Case>>),
    /// What is trusted now.
    Trusted(Told<String>),
    /// How far an examination is.
    Examined(Examination),
    /// Something in the background failed.
    Failed(String),
}

/// What a path was chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To read a plan.
    OpenPlan,
    /// To open results.
    OpenResults,
    /// To write the plan.
    SavePlan,
    /// The plan's data.
    Data,
    /// The plan's checkpoint.
    Checkpoint,
    /// A plugin that the plan is to name.
    Plugin,
}

/// What lies at a path.
#[derive(Debug)]
pub enum Found {
    /// A plan.
    Plan(Box<Plan>),
    /// A folder of results.
    Results(PathBuf),
    /// A task collection.
    Data(PathBuf),
}

/// The watched folder.
#[derive(Debug, Default)]
pub struct Seen {
    /// Its runs.
    pub runs: Vec<Arc<RunView>>,
    /// What could not be read.
    pub problems: Vec<String>,
}

/// How a process ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The plan's name.
    pub name: String,
    /// Its exit code; none where it was killed.
    pub code: Option<i32>,
    /// The end of what it printed.
    pub said: String,
}
