//! The plan in the making: what was edited, what could be undone, what is wrong with it, what it will ask.

use placebo_experiment::plan::{
    Baseline, Condition, DataPlan, Decoding, MetricPlan, ModelPlan, Plan, PromptPlan, TestPlan, TrainPlan, TrainingPlan,
};
use placebo_experiment::run_spec::RunKind;
use placebo_plugin_api::Stage;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Edits that follow each other faster are undone together.
const TOGETHER: Duration = Duration::from_millis(700);
/// How many steps back are kept.
const DEPTH: usize = 200;

/// The plan in the making.
#[derive(Debug)]
pub struct Draft {
    /// The plan as it stands.
    pub plan: Plan,
    /// Its file, once it has one.
    pub file: Option<PathBuf>,
    /// The plan as its file has it.
    pub saved: Option<Plan>,
    /// Counts edits, so that late answers to an earlier plan are told from those to this one.
    pub version: u64,
    /// What is wrong with it, or what it unfolds into.
    pub check: Check,
    /// The text being edited in place of the form.
    pub text: Option<String>,
    /// The prompt looked at.
    pub preview: Preview,
    past: Vec<Plan>,
    future: Vec<Plan>,
    edited: Option<Instant>,
}

/// What is known of a plan.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Check {
    /// Nothing yet.
    #[default]
    Pending,
    /// Why it cannot run.
    Faulty(String),
    /// What it unfolds into.
    Sound(Outlook),
}

/// What a sound plan unfolds into.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outlook {
    /// Runs, baselines included.
    pub runs: usize,
    /// Runs that train.
    pub tuned: usize,
    /// Runs spelled out more than once.
    pub duplicates: usize,
    /// Seconds that all training takes, about; unknown for a model that was not seen at work here.
    pub seconds: Option<f64>,
    /// Bytes of memory that training takes, about; unknown for a checkpoint that is not here.
    pub bytes: Option<f64>,
}

/// Which prompt is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// The condition's place.
    pub condition: usize,
    /// The task's name; the first one otherwise.
    pub task: Option<String>,
    /// The instance's place.
    pub instance: usize,
    /// The stage.
    pub stage: Stage,
}

/// The prompt looked at.
#[derive(Debug, Default)]
pub struct Preview {
    /// Which is wanted.
    pub shown: Shown,
    /// The prompt, or why there is none.
    pub prompt: Option<Result<Arc<Prompt>, String>>,
    /// Its tokens, or why they are not known; nothing while they are counted.
    pub counted: Option<Result<Counted, String>>,
    /// Whether a process counts at this moment.
    pub counting: bool,
}

/// The tokens of a prompt as the model's own tokenizer makes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The prompt as the model reads it, without the examples that its limit leaves no room for.
    pub prompt: String,
    /// Its tokens, with the end token.
    pub tokens: usize,
    /// Whether the model reads its beginning only.
    pub truncated: bool,
}

/// A prompt beside the original, word by word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompt {
    /// The task's name.
    pub task: String,
    /// The instance's id.
    pub instance: String,
    /// The original prompt.
    pub before: String,
    /// The prompt under the condition.
    pub after: String,
    /// Pieces of text: taken out, put in, or the same.
    pub pieces: Vec<(similar::ChangeTag, String)>,
    /// The task's labels, to be marked.
    pub labels: Vec<String>,
    /// What the transforms had to say.
    pub notes: Vec<String>,
    /// What would be right.
    pub targets: Vec<String>,
    /// Words of the prompt.
    pub words: usize,
    /// Instances to choose from.
    pub instances: usize,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            plan: blank(),
            file: None,
            saved: None,
            version: 0,
            check: Check::Pending,
            text: None,
            preview: Preview::default(),
            past: Vec::new(),
            future: Vec::new(),
            edited: None,
        }
    }
}

/// The plan to begin with: the study's recipe, one condition that alters nothing, and what guessing would score.
pub fn blank() -> Plan {
    Plan {
        name: "experiment".to_owned(),
        seeds: vec![1, 2, 3],
        data: DataPlan {
            path: PathBuf::new(),
            format: "natural-instructions".to_owned(),
            track: "default".to_owned(),
            train: TrainPlan::default(),
            test: TestPlan::default(),
            tasks: Vec::new(),
        },
        prompt: PromptPlan::default(),
        model: ModelPlan { checkpoint: "google/t5-large-lm-adapt".to_owned(), digest: None },
        training: TrainingPlan::default(),
        decoding: Decoding::default(),
        conditions: vec![Condition::unchanged("Original")],
        baselines: vec![Baseline { kind: RunKind::RandomGuess }],
        metrics: vec![MetricPlan::new("exact-match"), MetricPlan::new("rouge-l")],
        plugins: Vec::new(),
    }
}

impl Draft {
    /// Another plan, from a file or from nowhere; what was edited before is forgotten.
    pub fn begin(&mut self, plan: Plan, file: Option<PathBuf>) {
        let saved = file.is_some().then(|| plan.clone());
        *self = Self { plan, file, saved, version: self.version + 1, ..Self::default() };
    }

    /// The plan after an edit at a moment.
    pub fn edit(&mut self, plan: Plan, now: Instant) {
        if plan == self.plan {
            return;
        }
        let follows = self.edited.is_some_and(|last| now.duration_since(last) < TOGETHER);
        let before = std::mem::replace(&mut self.plan, plan);
        if !follows || self.past.is_empty() {
            self.past.push(before);
            self.past.drain(..self.past.len().saturating_sub(DEPTH));
        }
        self.edited = Some(now);
        self.future.clear();
        self.version += 1;
    }

    /// Takes the last edit back.
    pub fn undo(&mut self) {
        if let Some(plan) = self.past.pop() {
            self.future.push(std::mem::replace(&mut self.plan, plan));
            self.moved();
        }
    }

    /// Does it again.
    pub fn redo(&mut self) {
        if let Some(plan) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.plan, plan));
            self.moved();
        }
    }

    fn moved(&mut self) {
        self.edited = None;
        self.version += 1;
    }

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to do again.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Whether the plan differs from its file, or has none.
    pub fn is_unsaved(&self) -> bool {
        self.saved.as_ref() != Some(&self.plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Plan {
        Plan { name: name.to_owned(), ..blank() }
    }

    #[test]
    fn fast_edits_are_undone_together_and_redone() {
        let mut draft = Draft::default();
        let start = Instant::now();
        draft.edit(named("a"), start);
        draft.edit(named("ab"), start + Duration::from_millis(100));
        draft.edit(named("abc"), start + Duration::from_secs(5));
        draft.undo();
        assert_eq!(draft.plan.name, "ab");
        draft.undo();
        assert_eq!(draft.plan.name, "experiment");
        assert!(!draft.can_undo());
        draft.redo();
        draft.redo();
        assert_eq!(draft.plan.name, "abc");
        assert!(!draft.can_redo());
    }

    #[test]
    fn an_edit_that_changes_nothing_is_none() {
        let mut draft = Draft::default();
        draft.edit(blank(), Instant::now());
        assert!(!draft.can_undo());
        assert_eq!(draft.version, 0);
    }

    #[test]
    fn a_plan_from_a_file_is_saved_until_it_is_edited() {
        let mut draft = Draft::default();
        assert!(draft.is_unsaved());
        draft.begin(named("a"), Some("a.toml".into()));
        assert!(!draft.is_unsaved());
        draft.edit(named("b"), Instant::now());
        assert!(draft.is_unsaved());
    }

    #[test]
    fn the_plan_to_begin_with_lacks_nothing_but_data() {
        blank().check().unwrap();
    }
}
