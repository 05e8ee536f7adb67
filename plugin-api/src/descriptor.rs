//! What a plugin says about itself: the host's list, its forms, its help and its checks are made from this.

use serde::{Deserialize, Serialize};

use crate::{Instruction, Setting, SettingError, Settings, TaskKind, WorkedExample};

/// What a plugin says about itself.
///
/// Begin with [`Descriptor::transform`] or [`Descriptor::metric`] and fill in the rest:
///
/// ```
/// use placebo_plugin_api::{Descriptor, Part, Setting};
/// let descriptor = Descriptor {
///     documentation: "Keeps the first `k` positive examples.".to_string(),
///     settings: vec![Setting::integer("k", 0..=10, 1, "how many examples stay")],
///     ..Descriptor::transform("examples.first", "The first k examples only", &[Part::Examples])
/// };
/// assert!(descriptor.problems().is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Descriptor {
    /// The name a plan uses, unique among all plugins: lower-case words joined by `-`, in groups joined by `.`, such as
    /// `definition.simplified`.
    pub id: String,
    /// The plugin's version. Left empty, it becomes the version of the crate that exports the plugin.
    #[serde(default)]
    pub version: String,
    /// What it does, in a few words without a full stop: a line in a list.
    pub summary: String,
    /// What it does, exactly, in Markdown: which cases it treats how, and what it cannot do.
    #[serde(default)]
    pub documentation: String,
    /// Where the idea was used or published before; empty if nowhere.
    #[serde(default)]
    pub precedent: String,
    /// Whether it rewrites instructions or scores generations, and how.
    pub kind: PluginKind,
    /// Its settings, in the order in which a form shows them.
    #[serde(default)]
    pub settings: Vec<Setting>,
    /// Cases with their results: at once help, documentation and test.
    #[serde(default)]
    pub examples: Vec<WorkedExample>,
}

/// Whether a plugin rewrites instructions or scores generations, with what the host must know of each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PluginKind {
    /// It implements [`Transform`](crate::Transform).
    Transform {
        /// All that it may change.
        touches: Vec<Part>,
        /// What it must see to change one instruction.
        #[serde(default)]
        scope: Scope,
        /// Whether it draws random numbers, so that two seeds may give two results.
        #[serde(default)]
        random: bool,
        /// Whether every label that the definition names is still named, letter for letter, after the rewriting, so that
        /// a model is told of the same answers; the checks hold the plugin to it.
        #[serde(default)]
        keeps_labels: bool,
    },
    /// It implements [`Metric`](crate::Metric).
    Metric {
        /// What its scores mean.
        scale: Scale,
        /// The kinds of task that it can judge; the host leaves out the others.
        kinds: Vec<TaskKind>,
        /// What it must see to score one answer.
        #[serde(default)]
        scope: MetricScope,
    },
}

/// A part of what the model is shown or taught that a transform may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The task's definition.
    Definition,
    /// The positive or negative examples.
    Examples,
    /// The instances' right answers.
    Target,
    /// The labels' names.
    OutputSpace,
    /// The form of the prompt around them.
    Format,
}

/// What a transform must see to change one instruction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// That instruction alone.
    #[default]
    OneTask,
    /// The instructions of all tasks, as for "the definition of another task": those to be learned and those to be
    /// answered, at once, in one call of [`Transform::apply_all`](crate::Transform::apply_all).
    AllTasks,
}

/// What a metric must see to score one answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MetricScope {
    /// That answer alone.
    #[default]
    OneAnswer,
    /// All answers to the task, as for "how evenly are the labels used", in one call of
    /// [`Metric::score_all`](crate::Metric::score_all).
    OneTask,
}

/// Whether more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// More is better.
    HigherIsBetter,
    /// Less is better.
    LowerIsBetter,
    /// Neither: a description, such as the answer's length.
    Neutral,
}

/// What a metric's scores mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// The unit behind the number, such as `%` or `words`.
    pub unit: String,
    /// Whether more is better.
    pub direction: Direction,
    /// The smallest score there can be.
    pub minimum: f64,
    /// The largest score there can be; `None` where there is none.
    #[serde(default)]
    pub maximum: Option<f64>,
}

impl Scale {
    /// Percent, from 0 to 100, the more the better.
    pub fn percent() -> Scale {
        Scale { unit: "%".to_string(), direction: Direction::HigherIsBetter, minimum: 0.0, maximum: Some(100.0) }
    }

    /// Whether a score is finite and lies on this scale.
    pub fn holds(&self, score: f64) -> bool {
        score.is_finite() && score >= self.minimum && self.maximum.is_none_or(|maximum| score <= maximum)
    }
}

impl Descriptor {
    /// A transform of scope one task that draws no random numbers; without documentation, settings or examples yet.
    pub fn transform(id: &str, summary: &str, touches: &[Part]) -> Descriptor {
        let (touches, scope) = (touches.to_vec(), Scope::OneTask);
        let kind = PluginKind::Transform { touches, scope, random: false, keeps_labels: false };
        Descriptor::new(id, summary, kind)
    }

    /// A transform as above that draws random numbers from its items' seeds.
    pub fn random_transform(id: &str, summary: &str, touches: &[Part]) -> Descriptor {
        let (touches, scope) = (touches.to_vec(), Scope::OneTask);
        let kind = PluginKind::Transform { touches, scope, random: true, keeps_labels: false };
        Descriptor::new(id, summary, kind)
    }

    /// The same transform seeing the instructions of all tasks at once; a metric stays as it is.
    ///
    /// ```
    /// use placebo_plugin_api::{Descriptor, Part, PluginKind, Scope};
    /// let descriptor = Descriptor::random_transform("definition.other", "Another task's", &[Part::Definition]);
    /// assert!(matches!(descriptor.seeing_all_tasks().kind, PluginKind::Transform { scope: Scope::AllTasks, .. }));
    /// ```
    pub fn seeing_all_tasks(mut self) -> Descriptor {
        if let PluginKind::Transform { scope, .. } = &mut self.kind {
            *scope = Scope::AllTasks;
        }
        self
    }

    /// The same transform with the promise that the labels that a definition names stay in it; a metric stays as it is.
    pub fn keeping_labels(mut self) -> Descriptor {
        if let PluginKind::Transform { keeps_labels, .. } = &mut self.kind {
            *keeps_labels = true;
        }
        self
    }

    /// A metric for every kind of task; without documentation, settings or examples yet.
    pub fn metric(id: &str, summary: &str, scale: Scale) -> Descriptor {
        let kinds = vec![TaskKind::Classification, TaskKind::Generation];
        Descriptor::new(id, summary, PluginKind::Metric { scale, kinds, scope: MetricScope::OneAnswer })
    }

    /// The same metric seeing all answers to a task at once; a transform stays as it is.
    pub fn seeing_all_answers(mut self) -> Descriptor {
        if let PluginKind::Metric { scope, .. } = &mut self.kind {
            *scope = MetricScope::OneTask;
        }
        self
    }

    /// The same metric for classification tasks only; a transform stays as it is.
    pub fn judging_labels(mut self) -> Descriptor {
        if let PluginKind::Metric { kinds, .. } = &mut self.kind {
            *kinds = vec![TaskKind::Classification];
        }
        self
    }

    fn new(id: &str, summary: &str, kind: PluginKind) -> Descriptor {
        Descriptor {
            id: id.to_string(),
            version: String::new(),
            summary: summary.to_string(),
            documentation: String::new(),
            precedent: String::new(),
            kind,
            settings: Vec::new(),
            examples: Vec::new(),
        }
    }

    /// Whether it is a metric.
    pub fn is_metric(&self) -> bool {
        matches!(self.kind, PluginKind::Metric { .. })
    }

    /// The settings given, each in its setting's type, with the defaults of those not given: what the plugin receives.
    ///
    /// # Errors
    /// A name that is not a setting, a value that does not suit, or a value missing that has no default.
    pub fn resolve(&self, given: &Settings) -> Result<Settings, SettingError> {
        let known = |name: &str| self.settings.iter().any(|setting| setting.name == name);
        if let Some(name) = given.0.keys().find(|name| !known(name)) {
            let known = self.settings.iter().map(|setting| setting.name.clone()).collect();
            return Err(SettingError::Unknown { name: name.clone(), known });
        }
        let complete = self.settings.iter().map(|setting| {
            let missing = || SettingError::Missing { name: setting.name.clone(), wanted: setting.wanted() };
            let value = given.get(&setting.name).or(setting.default.as_ref()).ok_or_else(missing)?;
            Ok((setting.name.clone(), setting.accept(value)?))
        });
        complete.collect::<Result<_, _>>().map(Settings)
    }

    /// What is wrong with this description itself; the host refuses a plugin about which there is anything to say.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if !is_id(&self.id) {
            problems.push(format!("its id `{}` is not lower-case words joined by `-` and `.`", self.id));
        }
        if self.summary.trim().is_empty() {
            problems.push("it has no summary".to_string());
        }
        for (place, setting) in self.settings.iter().enumerate() {
            let default = setting.default.as_ref().map(|default| setting.accept(default));
            problems.extend(default.and_then(Result::err).map(|error| format!("a default does not suit: {error}")));
            if self.settings[..place].iter().any(|earlier| earlier.name == setting.name) {
                problems.push(format!("two settings are called `{}`", setting.name));
            }
        }
        problems
    }

    /// Whether it announces that it changes this part.
    pub fn touches(&self, part: Part) -> bool {
        matches!(&self.kind, PluginKind::Transform { touches, .. } if touches.contains(&part))
    }

    /// The part that a rewriting changed although the descriptor does not announce it, if there is one. That there are
    /// fewer or more labels or targets, or a target without any answer, is announced by nobody.
    pub fn overreach(&self, before: &Instruction, after: &Instruction) -> Option<&'static str> {
        if self.is_metric() {
            return None;
        }
        let examples = |i: &Instruction| (i.positive_examples.clone(), i.negative_examples.clone());
        let outputs = |i: &Instruction| -> Vec<Vec<String>> { i.targets.iter().map(|t| t.outputs.clone()).collect() };
        let answerless = |i: &Instruction| i.targets.iter().filter(|target| target.outputs.is_empty()).count();
        let changed = [
            (None, "task's name", before.task != after.task),
            (None, "task's categories", before.categories != after.categories),
            (None, "task's kind", before.kind != after.kind),
            (None, "number of labels", before.labels.len() != after.labels.len()),
            (None, "number of targets", before.targets.len() != after.targets.len()),
            (None, "number of targets without an answer", answerless(before) != answerless(after)),
            (Some(Part::OutputSpace), "labels", before.labels != after.labels),
            (Some(Part::Definition), "definition", before.definition != after.definition),
            (Some(Part::Examples), "examples", examples(before) != examples(after)),
            (Some(Part::Target), "targets", outputs(before) != outputs(after)),
            (Some(Part::Format), "form of the prompt", before.form != after.form),
        ];
        let allowed = |part: Option<Part>| part.is_some_and(|part| self.touches(part));
        changed.into_iter().find(|(part, _, changed)| *changed && !allowed(*part)).map(|(_, name, _)| name)
    }
}

fn is_id(id: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    id.split(['.', '-']).all(is_word)
}
