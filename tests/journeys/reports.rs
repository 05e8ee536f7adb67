//! From finished runs to a paper: table, report, bundle, and a bundle that somebody changed.

use crate::laboratory::Laboratory;
use crate::program::{placebo, text};
use std::fs;

/// A plan's runs, finished in a few seconds.
fn finished() -> Laboratory {
    let laboratory = Laboratory::new();
    laboratory.change_plan("epochs = 40", "epochs = 1");
    laboratory.change_plan("seeds = [1]", "seeds = [1, 2]");
    placebo(&laboratory.run_arguments()).done();
    laboratory
}

#[test]
fn one_comparison_says_the_same_in_every_format() {
    let laboratory = finished();
    let (results, report) = (laboratory.results().join("journey"), laboratory.path("report"));
    let csv = placebo(&["table", text(&results), "--format", "csv"]).done();
    let first = csv.lines().nth(1).unwrap();
    let mean: f64 = first.split(',').nth(6).unwrap().parse().unwrap();
    let shown = format!("{mean:.2}");
    for format in ["latex", "markdown"] {
        let table = placebo(&["table", text(&results), "--format", format]).done();
        let row = table.lines().find(|line| line.contains("Original")).unwrap();
        assert!(row.contains(&shown), "{shown} in {row}");
    }
    let written = placebo(&["report", text(&results), "--out", text(&report), "--json"]).json();
    for file in written["files"].as_array().unwrap() {
        assert!(report.join(file.as_str().unwrap()).is_file(), "{file}");
    }
    let page = fs::read_to_string(report.join("index.html")).unwrap();
    assert!(page.contains(&shown) && page.contains("<strong>"), "{page}");
    assert_eq!(page.matches("<figure>").count(), 5, "an overview, scatter, strip, heat map and losses");
    let bars = fs::read_to_string(report.join("figures/bars.csv")).unwrap();
    assert!(bars.contains(&format!(",{mean},")), "{mean} in {bars}");
    let methods = fs::read_to_string(report.join("methods.md")).unwrap();
    assert!(methods.contains("Each condition was run with 2 seeds (1 and 2)."), "{methods}");
    assert!(methods.contains("up to 8 instances of each of 2 training tasks (16 in all)"), "{methods}");
    let comparison = fs::read_to_string(report.join("comparison.json")).unwrap();
    assert!(comparison.contains(&format!("\"mean\": {mean:?}")) || comparison.contains(&format!("\"mean\": {mean}")));
}

#[test]
fn a_bundle_is_verified_until_somebody_changes_it() {
    let laboratory = finished();
    let (results, bundle) = (laboratory.results(), laboratory.path("journey.zip"));
    let report = laboratory.path("report");
    placebo(&["report", text(&results), "--out", text(&report)]).done();
    let write = |out| placebo(&["bundle", text(&results), "--report", text(&report), "--out", text(out)]).done();
    let told = write(&bundle);
    assert!(told.contains(": 6 runs, "), "{told}");
    let verdict = placebo(&["verify", text(&bundle), "--json"]).json();
    assert_eq!((verdict["runs"].as_u64(), verdict["comparison"].as_bool()), (Some(6), Some(true)));
    assert_eq!(verdict["figures"].as_u64(), Some(5), "{verdict}");
    assert_eq!(verdict["unchecked"].as_array().unwrap().len(), 0, "{verdict}");
    let again = laboratory.path("again.zip");
    write(&again);
    assert_eq!(fs::read(&again).unwrap(), fs::read(&bundle).unwrap());
    let mut bytes = fs::read(&bundle).unwrap();
    let name = b"generations.jsonl";
    let entry = bytes.windows(name.len()).position(|window| window == name).unwrap();
    bytes[entry + name.len() + 40] ^= 1;
    fs::write(&bundle, bytes).unwrap();
    let ended = placebo(&["verify", text(&bundle)]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.out.contains("NOT the same") && ended.out.contains("/generations.jsonl`"), "{}", ended.out);
}

#[test]
fn what_is_no_result_and_no_bundle_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (empty, out) = (folder.path(), folder.path().join("x.zip"));
    placebo(&["table", text(empty)]).refused(2, &["no runs in it"]);
    placebo(&["report", text(empty), "--out", text(empty)]).refused(2, &["no runs in it"]);
    placebo(&["bundle", text(empty), "--out", text(&out)]).refused(2, &["no runs in it"]);
    placebo(&["verify", text(empty)]).refused(2, &["SHA256SUMS", "placebo bundle"]);
    assert!(!out.exists());
}
