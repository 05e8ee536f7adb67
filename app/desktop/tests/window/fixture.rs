//! A window on a folder of its own, and results as runs would leave them.

use egui::Vec2;
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use placebo_desktop::{App, Command, Desk, Dialogs, Jobs, Places, Reply, Settings, Wanted};
use placebo_experiment::event::Event;
use placebo_experiment::generation::Generation;
use placebo_experiment::plan::{Inputs, Plan};
use placebo_experiment::plugin::Registry;
use placebo_experiment::resources;
use placebo_experiment::results::RunFolder;
use placebo_experiment::score::{AnswerSpace, MetricScores, ScoredTask, Scores, TaskScores};
use placebo_plugin_api::{Settings as PluginSettings, TaskKind};
use std::path::{Path, PathBuf};

/// Nobody is there to answer.
struct NoDialogs;

impl Dialogs for NoDialogs {
    fn open(&self, _: &Wanted) -> Reply {
        Box::new(|| None)
    }
}

/// A window and the folder that everything of it lies in.
pub struct Window {
    pub harness: Harness<'static, App>,
    _folder: tempfile::TempDir,
}

impl Window {
    /// As on the first start.
    pub fn new() -> Self {
        Self::with(Settings::default(), "/no/such/program".into(), None)
    }

    /// With something asked for from the beginning.
    pub fn after(command: Command) -> Self {
        Self::with(Settings::default(), "/no/such/program".into(), Some(command))
    }

    /// With settings and a program to start runs with.
    pub fn with(settings: Settings, program: PathBuf, first: Option<Command>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::at(folder.path().join("settings"));
        Self::at(places, folder, (settings, program, first))
    }

    /// With the files of its own where they cannot be written: below a file.
    pub fn without_memory() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        let places = Places::at(folder.path().join("file").join("settings"));
        Self::at(places, folder, (Settings::default(), "/no/such/program".into(), None))
    }

    fn at(
        places: Places,
        folder: tempfile::TempDir,
        (settings, program, first): (Settings, PathBuf, Option<Command>),
    ) -> Self {
        let desk = Desk { jobs: Jobs::inline(), dialogs: Box::new(NoDialogs), program, places, watch: None };
        let settings = Settings { results: folder.path().join("results"), ..settings };
        let app = App::new(desk, settings, first);
        let frame = |ui: &mut egui::Ui, app: &mut App| {
            app.advance(&ui.ctx().clone());
            app.draw(ui);
        };
        let builder = Harness::builder().with_size(Vec2::new(1280.0, 800.0)).with_max_steps(40);
        // Tasks and worked examples are in any script; a box stands for what the bundled fonts lack.
        let builder = builder.allow_missing_glyphs();
        let mut harness = builder.with_context_setup(placebo_desktop::install).build_ui_state(frame, app);
        harness.run_steps(4);
        Self { harness, _folder: folder }
    }

    /// Presses what is called so.
    pub fn press(&mut self, label: &str) {
        self.harness.get_by_label(label).click_accesskit();
        self.settle();
    }

    /// Lets everything that was asked for happen.
    pub fn settle(&mut self) {
        self.harness.run_steps(6);
    }

    /// Asks for something that has no button on the page.
    pub fn ask(&mut self, command: Command) {
        self.harness.state_mut().push(command);
        self.settle();
    }

    /// Whether a text with these words is on the screen.
    pub fn shows(&self, words: &str) -> bool {
        self.texts().iter().any(|text| text.contains(words))
    }

    /// As [`shows`](Self::shows), telling what is there instead.
    #[track_caller]
    pub fn expect(&self, words: &str) {
        assert!(self.shows(words), "`{words}` is not on the screen:\n{}", self.texts().join("\n"));
    }

    fn texts(&self) -> Vec<String> {
        let nodes = self.harness.query_all_by(|_| true);
        let texts = |node: Node<'_>| {
            let node = node.accesskit_node();
            [node.label(), node.value()]
        };
        nodes.flat_map(texts).flatten().collect()
    }
}

/// The bundled plan.
pub fn sample() -> Plan {
    Plan::read(&resources::find("experiments/sample.toml").unwrap()).unwrap()
}

/// A script of a stranger, which no host is there to run.
pub fn foreign_plugin(folder: &Path) {
    std::fs::write(folder.join("plugin.toml"), "abi = 1\ncommand = [\"/no/such/interpreter\", \"a.py\"]\n").unwrap();
    std::fs::write(folder.join("a.py"), "").unwrap();
}

/// Folders of the sample's runs, none of them begun.
pub fn runs(results: &Path) -> Vec<RunFolder> {
    let grid = sample().runs(&Registry::discover(), &Inputs::default()).unwrap();
    grid.runs.iter().map(|spec| RunFolder::create(results, spec).unwrap()).collect()
}

/// Says something in the journal of a run.
pub fn say(folder: &RunFolder, events: Vec<Event>) {
    let held = folder.try_lock().unwrap().unwrap();
    let mut journal = folder.journal(&held).unwrap();
    events.into_iter().for_each(|event| journal.write(event).unwrap());
}

/// A step of ten.
pub fn step(step: usize) -> Event {
    Event::Step {
        step,
        steps: 10,
        epoch: step as f64 / 10.0,
        loss: 3.0 / step as f64,
        learning_rate: 0.001,
        gradient_norm: 1.0,
        tokens_per_s: 1234.0,
        examples_per_s: 20.0,
    }
}

/// Finishes a run: answers and scores of two tasks, right where `is_right` says so.
pub fn finish(folder: &RunFolder, is_right: impl Fn(usize) -> bool) {
    let instances: Vec<String> = (0..10).map(|number| format!("i{number}")).collect();
    let answer = |task: &str, number: usize| Generation {
        task: task.into(),
        instance: instances[number].clone(),
        prompt_sha256: String::new(),
        prediction: if is_right(number) { "yes" } else { "no" }.into(),
        references: vec!["yes".into()],
    };
    let tasks = ["taskA", "taskB"];
    let answers: Vec<_> = tasks.iter().flat_map(|task| (0..10).map(move |number| answer(task, number))).collect();
    folder.write_generations(&answers).unwrap();
    let marks: Vec<f64> = (0..10).map(|number| if is_right(number) { 100.0 } else { 0.0 }).collect();
    let mean = marks.iter().sum::<f64>() / 10.0;
    let of_task = TaskScores { mean, instances: marks };
    let space =
        AnswerSpace { kind: TaskKind::Classification, labels: vec!["yes".into(), "no".into()], categories: vec![] };
    let scored = ScoredTask { answers: space, instances };
    let metric = MetricScores {
        id: "exact-match".into(),
        version: "1".into(),
        settings: PluginSettings::default(),
        overall: Some(mean),
        classification: Some(mean),
        generation: None,
        guess: None,
        tasks: tasks.map(|task| (task.to_owned(), of_task.clone())).into(),
    };
    let scores = Scores { tasks: tasks.map(|task| (task.to_owned(), scored.clone())).into(), metrics: vec![metric] };
    folder.write_scores(&scores).unwrap();
}

/// A program that does what a shell script says.
#[cfg(unix)]
pub fn script(folder: &Path, text: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("placebo");
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}
