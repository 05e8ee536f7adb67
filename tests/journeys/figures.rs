//! From a finished grid to the files of figures, with one command each.

use crate::laboratory::Laboratory;
use crate::program::{placebo, text};
use std::path::Path;

const ENDINGS: [&str; 7] = ["svg", "pdf", "csv", "json", "tex", "300dpi.png", "600dpi.png"];

fn finished() -> Laboratory {
    let laboratory = Laboratory::new();
    laboratory.change_plan("seeds = [1]", "seeds = [1, 2]");
    placebo(&laboratory.run_arguments()).done();
    laboratory
}

/// Draws a figure, and asserts that every file of it is there.
#[track_caller]
fn draw(laboratory: &Laboratory, name: &str, arguments: &[&str]) -> String {
    let (results, stem) = (laboratory.results(), laboratory.path(&format!("figures/{name}")));
    let command = ["figure", text(&results), "--out", text(&stem)];
    let said = placebo(&[command.as_slice(), arguments].concat()).done();
    for ending in ENDINGS {
        assert!(Path::new(&format!("{}.{ending}", stem.display())).exists(), "{name}.{ending} after {said}");
    }
    said
}

fn read(laboratory: &Laboratory, name: &str) -> String {
    std::fs::read_to_string(laboratory.path(&format!("figures/{name}"))).expect("the figure is written")
}

#[test]
fn every_kind_of_figure_comes_from_one_command() {
    let laboratory = finished();
    for kind in ["bars", "lines", "scatter", "slope", "strip", "heat", "loss"] {
        draw(&laboratory, kind, &["--kind", kind, "--preset", "acl-full"]);
    }
    for study in ["definitions", "examples"] {
        let said = draw(&laboratory, study, &["--study", study, "--greyscale", "--font", "serif"]);
        assert!(said.contains("Exact match on classification tasks and ROUGE-L on all tasks"), "{said}");
    }
    let definitions = read(&laboratory, "definitions.csv");
    assert!(
        definitions.contains(",data,Simplified,8,,") && definitions.contains(",reference,,,Random guess,"),
        "{definitions}"
    );
    assert!(!read(&laboratory, "examples.csv").contains("Simplified"));
}

#[test]
fn a_spec_is_edited_and_drawn_again_without_the_runs() {
    let laboratory = finished();
    draw(&laboratory, "bars", &["--metric", "rouge-l", "--tasks", "overall", "--values"]);
    let edited =
        read(&laboratory, "bars.json").replace("\"names\": {}", "\"names\": {\"Simplified\": \"Labels only\"}");
    laboratory.write("edited.json", &edited);
    let (spec, stem) = (laboratory.path("edited.json"), laboratory.path("figures/again"));
    placebo(&["figure", "--spec", text(&spec), "--out", text(&stem)]).done();
    assert!(read(&laboratory, "again.svg").contains(">Labels only</text>"));
    assert_eq!(read(&laboratory, "again.csv"), read(&laboratory, "bars.csv"));
}

#[test]
fn what_cannot_be_drawn_is_refused_in_words() {
    let laboratory = finished();
    let (results, stem) = (laboratory.results(), laboratory.path("figure"));
    let draw = |arguments: &[&str]| {
        let command = ["figure", text(&results), "--out", text(&stem)];
        placebo(&[command.as_slice(), arguments].concat())
    };
    draw(&["--kind", "pie"]).refused(2, &["pie", "bars"]);
    draw(&["--kind", "strip", "--size", "9"]).refused(2, &["no such number of instances per task, only 8: `9`"]);
    draw(&["--kind", "scatter", "--against", "Empty"]).refused(2, &["no such condition, only Original, Simplified"]);
    draw(&["--text-size", "3"]).refused(2, &["must lie between 6 and 40, not 3: `text_size`"]);
    laboratory.write("spec.json", "{\"kind\": \"bars\"}");
    let spec = laboratory.path("spec.json");
    let without = ["figure", "--spec", text(&spec), "--out", text(&stem)];
    placebo(&without).refused(2, &["the spec's file holds no numbers; give a folder of results as well"]);
}
