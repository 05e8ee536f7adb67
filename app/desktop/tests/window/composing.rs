//! Composing a plan: conditions, settings, undo, text, what is wrong, and starting it.

use crate::fixture::{Window, sample, script};
use egui_kittest::kittest::Queryable;
use placebo_desktop::{Command, Page, Settings};
use placebo_experiment::plan::{Condition, TransformUse};
use std::num::NonZeroUsize;

#[test]
fn a_plan_is_counted_before_it_runs_and_an_edit_can_be_taken_back() {
    let mut window = Window::after(Command::TakeSample);
    window.expect("13 runs: 8 with training, 5 baselines");
    window.press("Add condition");
    window.expect("2 more would be the same as one of them");
    window.press("Undo the change");
    assert!(!window.shows("2 more would be the same"));
    window.press("Redo the change");
    window.expect("2 more would be the same as one of them");
}

#[test]
fn an_impossible_plan_is_explained() {
    let mut window = Window::after(Command::NewExperiment);
    window.expect("no tasks yet; choose the folder of a task collection under Data");
    let mut plan = sample();
    plan.conditions[1].name = "Original".into();
    window.ask(Command::Edit(Box::new(plan)));
    window.expect("`condition.name` has \"Original\" twice; remove one");
}

#[test]
fn the_form_of_a_transform_comes_from_its_plugin() {
    let mut window = Window::after(Command::TakeSample);
    window.press("Add transform to Original");
    window.press("examples.first");
    window.expect("how many");
    let plan = &window.harness.state().state().draft.plan;
    assert_eq!(plan.conditions[0].transforms[0].id, "examples.first");
}

#[test]
fn a_prompt_is_shown_against_the_original() {
    let window = Window::after(Command::TakeSample);
    window.expect("The same as the original here.");
    let prompt = &window.harness.state().state().draft.preview.prompt;
    assert!(matches!(prompt, Some(Ok(prompt)) if prompt.words > 10), "{prompt:?}");
}

#[test]
fn text_becomes_the_plan_and_a_fault_names_its_line() {
    let mut window = Window::after(Command::TakeSample);
    let toml = window.harness.state().state().draft.plan.to_toml().unwrap();
    window.ask(Command::EditText(Some(toml.replace("seeds = [1, 2]", "seeds = [1, 2, 3]"))));
    window.ask(Command::ApplyText);
    window.expect("17 runs: 12 with training, 5 baselines");
    window.ask(Command::EditText(Some("name = 1".into())));
    window.ask(Command::ApplyText);
    window.expect("line 1");
}

#[test]
fn a_plan_is_saved_and_opens_again() {
    let mut window = Window::after(Command::TakeSample);
    window.press("Save plan");
    let file = window.harness.state().state().draft.file.clone().unwrap();
    let transforms = vec![TransformUse { id: "definition.empty".into(), version: None, settings: Default::default() }];
    let mut plan = window.harness.state().state().draft.plan.clone();
    plan.conditions.push(Condition { transforms, ..Condition::unchanged("Mine") });
    window.ask(Command::Edit(Box::new(plan)));
    window.expect("changed since");
    window.ask(Command::Open(file));
    assert!(!window.shows("changed since"));
    assert_eq!(window.harness.state().state().draft.plan.conditions.len(), 4);
}

#[cfg(unix)]
#[test]
fn running_starts_the_program_with_the_plan_and_goes_to_the_runs() {
    let scripts = tempfile::tempdir().unwrap();
    let program = script(scripts.path(), "echo \"$@\" > \"$(dirname \"$0\")/said\"; exit 2");
    let mut window = Window::with(Settings::default(), program, Some(Command::TakeSample));
    window.press("Run this plan");
    let said = std::fs::read_to_string(scripts.path().join("said")).unwrap();
    assert!(said.starts_with("run ") && said.contains("my-experiment.toml --results "), "{said}");
    assert_eq!(window.harness.state().state().page, Page::Runs);
    window.expect("The runs of my-experiment could not begin");
}

#[test]
fn the_command_line_that_does_the_same_is_shown() {
    let window = Window::after(Command::TakeSample);
    window.expect("placebo run ");
    assert!(window.harness.query_by_label("Copy the command line").is_some());
}

#[test]
fn the_full_grid_of_the_study_is_composed_from_nothing() {
    let mut window = Window::after(Command::NewExperiment);
    let data = sample().data.path;
    window.ask(Command::Open(data));
    window.expect("72 training and 18 test tasks.");
    for (place, id) in ["definition.simplified", "definition.empty", "examples.delusive"].into_iter().enumerate() {
        window.press("Add condition");
        let name = window.harness.state().state().draft.plan.conditions[place + 1].name.clone();
        window.press(&format!("Add transform to {name}"));
        window.press(id);
    }
    window.press("bundled:nano");
    window.expect("13 runs: 12 with training, 1 baseline");
    let plan = &window.harness.state().state().draft.plan;
    assert_eq!(plan.conditions[3].transforms[0].id, "examples.delusive");
    assert_eq!(plan.model.checkpoint, "bundled:nano");
}

#[test]
fn conditions_move_are_copied_and_removed() {
    let mut window = Window::after(Command::TakeSample);
    let names = |window: &Window| -> Vec<String> {
        let plan = &window.harness.state().state().draft.plan;
        plan.conditions.iter().map(|condition| condition.name.clone()).collect()
    };
    window.press("Move down Original");
    assert_eq!(names(&window)[..2], ["Simplified", "Original"]);
    window.press("Duplicate Original");
    assert_eq!(names(&window)[2], "Original 2");
    window.press("Remove Original 2");
    assert_eq!(names(&window).len(), 4);
}

#[test]
fn device_and_jobs_are_part_of_the_command_line() {
    let mut window = Window::after(Command::TakeSample);
    assert!(!window.shows("--device") && !window.shows("--jobs"));
    window.ask(Command::SetDevice("cuda:0".into()));
    window.expect("--device cuda:0");
    window.ask(Command::SetJobs(NonZeroUsize::new(3)));
    window.expect("--jobs 3");
}

#[test]
fn a_field_of_the_recipe_is_overridden_and_is_as_the_recipe_again() {
    let mut window = Window::after(Command::TakeSample);
    window.press("More of the recipe");
    for field in ["Schedule", "Label smoothing", "Save every", "Held out", "Keeps weights in", "Second beta"] {
        assert!(window.harness.query_all_by_label(field).next().is_some(), "{field}");
    }
    let mut plan = window.harness.state().state().draft.plan.clone();
    plan.training.label_smoothing = Some(0.1);
    window.ask(Command::Edit(Box::new(plan)));
    let plan = || window.harness.state().state().draft.plan.clone();
    assert_eq!(plan().training.label_smoothing, Some(0.1));
    let labels: Vec<_> = window.harness.query_all_by_label("as the recipe").collect();
    assert!(!labels.is_empty(), "what differs from the recipe can be taken back");
}

#[test]
fn a_metric_has_a_form_of_its_settings() {
    let mut window = Window::after(Command::TakeSample);
    window.press("Settings of exact-match");
    window.expect("whether answer, references and labels are compared in lower case");
}

#[test]
fn what_is_dropped_on_the_window_is_opened() {
    let mut window = Window::new();
    let data = sample().data.path;
    window.harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(data.clone())));
    window.settle();
    assert_eq!(window.harness.state().state().page, Page::Experiment);
    assert_eq!(window.harness.state().state().draft.plan.data.path, data);
}

#[test]
fn conditions_are_dragged_to_another_place() {
    let mut window = Window::after(Command::TakeSample);
    let at = |window: &Window, label: &str| window.harness.get_by_label(label).rect().center();
    window.harness.get_by_label("Drag Original").scroll_to_me();
    window.settle();
    let (from, to) = (at(&window, "Drag Original"), at(&window, "Drag Simplified"));
    window.harness.hover_at(from);
    window.harness.run_steps(1);
    window.harness.drag_at(from);
    window.harness.run_steps(1);
    for step in 1..=4 {
        window.harness.hover_at(from + (to - from) * (step as f32 / 4.0));
        window.harness.run_steps(1);
    }
    window.harness.drop_at(to);
    window.settle();
    let names: Vec<_> = window.harness.state().state().draft.plan.conditions.iter().map(|it| it.name.clone()).collect();
    assert_eq!(names[..2], ["Simplified", "Original"]);
}

/// A folder let go over the window.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("a folder has no bytes".to_owned())
    }
}
