//! A made-up results folder bundled, looked into, and tampered with byte by byte.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::sums::{Sums, sha256};
use super::*;
use crate::plugin::Registry;
use crate::report::testing::made_up;
use crate::results::{Build, RunFolder, scan};

fn build() -> Build {
    Build { version: "0.1.0".into(), commit: "0123abc".into() }
}

/// Results with a figure, and a bundle of them.
fn bundled() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let plan = made_up(&folder.path().join("results"));
    fs::create_dir_all(plan.join("figures/more")).unwrap();
    fs::write(plan.join("figures/more/a.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
    fs::create_dir_all(plan.join(scan(&plan).unwrap().runs[0].path().join("checkpoints"))).unwrap();
    fs::write(scan(&plan).unwrap().runs[0].path().join("checkpoints/weights"), "heavy").unwrap();
    let bundle = folder.path().join("trial.zip");
    Contents::of(&plan, &build()).unwrap().write(&bundle).unwrap();
    (folder, bundle)
}

fn files(bundle: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(fs::File::open(bundle).unwrap()).unwrap();
    let count = archive.len();
    let read = |index| {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(read).collect()
}

fn repack(path: &Path, files: &BTreeMap<String, Vec<u8>>) {
    let mut archive = ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in files {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

/// As a careful forger would: with the checksums to match.
fn reseal(files: &mut BTreeMap<String, Vec<u8>>) {
    let sums = files.iter().filter(|(name, _)| !name.ends_with(SUMS));
    let sums = sums.map(|(name, bytes)| (name.strip_prefix("trial/").unwrap().to_owned(), sha256(bytes)));
    files.insert(format!("trial/{SUMS}"), Sums(sums.collect()).to_text().into_bytes());
}

fn look(bundle: &Path) -> Verdict {
    verify(bundle, &Registry::discover(), &mut |_, _| {}).unwrap()
}

fn said(bundle: &Path) -> Vec<String> {
    look(bundle).findings.iter().map(ToString::to_string).collect()
}

fn name_ending(files: &BTreeMap<String, Vec<u8>>, end: &str) -> String {
    files.keys().find(|name| name.ends_with(end)).unwrap().clone()
}

#[test]
fn a_bundle_holds_the_record_and_no_checkpoints_and_is_what_it_was() {
    let (_folder, bundle) = bundled();
    let names: Vec<_> = files(&bundle).into_keys().map(|name| name.replacen("trial/", "", 1)).collect();
    assert!(
        names.contains(&"results/trial/plan.toml".to_owned()) && names.contains(&"README.md".to_owned()),
        "{names:?}"
    );
    assert!(names.contains(&"results/trial/figures/more/a.svg".to_owned()), "{names:?}");
    let record = ["events.jsonl", "generations.jsonl", "manifest.json", "scores.json", "spec.json"];
    let counts = record.map(|file| names.iter().filter(|name| name.ends_with(file)).count());
    assert_eq!(counts, [5, 4, 5, 5, 5]);
    assert_eq!(names.len(), 24 + 5, "{names:?}");
    let verdict = look(&bundle);
    assert_eq!((&verdict.findings, &verdict.unchecked), (&vec![], &vec![]));
    assert_eq!((verdict.files, verdict.runs, verdict.scores, verdict.comparison), (29, 5, 4 * 2 * 16 + 2 * 8, true));
}

#[test]
fn the_same_results_give_the_same_bytes() {
    let (folder, bundle) = bundled();
    let again = folder.path().join("again.zip");
    let plan = folder.path().join("results/trial");
    let spec = scan(&plan).unwrap().runs[0].path().join("spec.json");
    fs::write(&spec, fs::read(&spec).unwrap()).unwrap();
    let written = Contents::of(&plan, &build()).unwrap().write(&again).unwrap();
    assert_eq!(fs::read(&again).unwrap(), fs::read(&bundle).unwrap());
    assert_eq!(written.sha256, sha256(&fs::read(&bundle).unwrap()));
    assert_eq!((written.files, written.bytes), (29, fs::metadata(&bundle).unwrap().len()));
}

#[test]
fn an_unpacked_and_a_repacked_bundle_are_verified_as_well() {
    let (folder, bundle) = bundled();
    let files = files(&bundle);
    for (name, bytes) in &files {
        let path = folder.path().join("unpacked").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(said(&folder.path().join("unpacked/trial")), [""; 0]);
    fs::write(folder.path().join("unpacked/trial/results/notes.txt"), "mine").unwrap();
    assert_eq!(said(&folder.path().join("unpacked/trial")), ["not of this bundle: `results/notes.txt`"]);
    repack(&bundle, &files);
    assert_eq!(said(&bundle), [""; 0]);
}

#[test]
fn a_changed_byte_in_any_file_is_found_and_the_file_named() {
    let (folder, bundle) = bundled();
    let files = files(&bundle);
    let tampered = folder.path().join("tampered.zip");
    for name in files.keys() {
        let mut changed = files.clone();
        let bytes = changed.get_mut(name).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        repack(&tampered, &changed);
        let name = name.strip_prefix("trial/").unwrap();
        assert_eq!(said(&tampered), [format!("changed: `{name}`")]);
    }
}

#[test]
fn a_changed_byte_of_the_archive_itself_never_passes() {
    let (folder, bundle) = bundled();
    let whole = fs::read(&bundle).unwrap();
    let tampered = folder.path().join("tampered.zip");
    let original = files(&bundle);
    let step = (whole.len() / 120).max(1);
    for at in (0..whole.len()).step_by(step) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        fs::write(&tampered, &bytes).unwrap();
        let Ok(verdict) = verify(&tampered, &Registry::default(), &mut |_, _| {}) else { continue };
        // A byte that no program looks at, such as one of a file's time, may be another.
        assert!(!verdict.is_same() || files(&tampered) == original, "byte {at} of {}", whole.len());
    }
}

#[test]
fn missing_and_extra_files_are_named() {
    let (folder, bundle) = bundled();
    let mut files = files(&bundle);
    let path = folder.path().join("tampered.zip");
    let gone = name_ending(&files, "manifest.json");
    files.remove(&gone);
    files.insert("trial/results/trial/more.json".into(), b"{}".to_vec());
    files.insert("elsewhere.txt".into(), b"".to_vec());
    repack(&path, &files);
    let gone = format!("missing: `{}`", gone.replacen("trial/", "", 1));
    let extra = "not of this bundle: `results/trial/more.json`";
    assert_eq!(said(&path), ["not of this bundle: `../elsewhere.txt`", &gone, extra]);
}

#[test]
fn names_that_lead_out_of_the_archive_are_refused() {
    let (folder, bundle) = bundled();
    let path = folder.path().join("tampered.zip");
    for evil in ["trial/../../evil", "/evil", "trial/a/../../../evil", "..\\evil"] {
        let mut files = files(&bundle);
        files.insert(evil.into(), b"boo".to_vec());
        repack(&path, &files);
        let error = verify(&path, &Registry::default(), &mut |_, _| {}).unwrap_err();
        assert!(matches!(&error, BundleError::LeadsOut { name, .. } if name == evil), "{error}");
    }
    assert!(!folder.path().join("evil").exists());
}

#[test]
fn scores_that_do_not_follow_from_the_answers_are_found_though_the_checksums_were_made_to_fit() {
    let (folder, bundle) = bundled();
    let path = folder.path().join("tampered.zip");
    let mut files = files(&bundle);
    let name = name_ending(&files, "generations.jsonl");
    let text = String::from_utf8(files[&name].clone()).unwrap();
    files.insert(name.clone(), text.replacen("\"prediction\":\"good\"", "\"prediction\":\"gold\"", 1).into_bytes());
    reseal(&mut files);
    repack(&path, &files);
    let said = said(&path);
    let scores = name.replacen("trial/", "", 1).replace("generations.jsonl", "scores.json");
    assert!(said[0].starts_with("exact-match, answer "), "{said:?}");
    assert!(said[0].contains(": 100 stands there, 0 was computed") && said[0].ends_with(&format!("more: `{scores}`")));
    assert!(said[1].contains("classification exact-match: ") && said[1].ends_with(": `comparison.json`"), "{said:?}");
}

#[test]
fn a_comparison_that_does_not_follow_from_the_scores_is_found() {
    let (folder, bundle) = bundled();
    let path = folder.path().join("tampered.zip");
    let mut files = files(&bundle);
    let name = "trial/comparison.json".to_owned();
    let text = String::from_utf8(files[&name].clone()).unwrap();
    let mean = text.split("\"mean\": ").nth(1).unwrap().split(',').next().unwrap().to_owned();
    files.insert(name, text.replacen(&format!("\"mean\": {mean}"), "\"mean\": 99.5", 1).into_bytes());
    reseal(&mut files);
    repack(&path, &files);
    assert_eq!(
        said(&path),
        [format!("Original, classification exact-match: 99.5 stands there, {mean} was computed: `comparison.json`")]
    );
}

#[test]
fn a_run_in_the_folder_of_another_is_found() {
    let (folder, bundle) = bundled();
    let path = folder.path().join("tampered.zip");
    let mut files = files(&bundle);
    let name = name_ending(&files, "spec.json");
    let text = String::from_utf8(files[&name].clone()).unwrap();
    files.insert(
        name.clone(),
        text.replace("\"test_instances_per_task\": 100", "\"test_instances_per_task\": 99").into(),
    );
    reseal(&mut files);
    repack(&path, &files);
    let said = said(&path);
    let start = "not what the folder's name says, its hash is ";
    assert!(said.iter().any(|said| said.starts_with(start) && said.contains("spec.json`")), "{said:?}");
}

#[test]
fn what_no_loaded_metric_can_check_is_said() {
    let (_folder, bundle) = bundled();
    let verdict = verify(&bundle, &Registry::default(), &mut |_, _| {}).unwrap();
    assert_eq!(verdict.findings, []);
    assert_eq!(verdict.unchecked.len(), 2, "{:?}", verdict.unchecked);
    assert!(verdict.unchecked[0].starts_with("scores of metric `exact-match`: "), "{:?}", verdict.unchecked);
}

#[test]
fn what_is_no_bundle_is_refused_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.zip");
    fs::write(&file, "no archive").unwrap();
    repack(&folder.path().join("other.zip"), &BTreeMap::from([("a/b".to_owned(), Vec::new())]));
    for path in [&file, &folder.path().join("other.zip"), folder.path()] {
        let message = verify(path, &Registry::default(), &mut |_, _| {}).unwrap_err().to_string();
        assert!(message.contains("give a file that `placebo bundle` wrote"), "{message}");
    }
}

#[test]
fn runs_in_progress_are_not_bundled_and_unreadable_ones_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let plan = made_up(folder.path());
    let damaged = scan(&plan).unwrap().runs[0].path().join("scores.json");
    fs::write(&damaged, "{").unwrap();
    let contents = Contents::of(folder.path(), &build()).unwrap();
    assert_eq!((contents.runs, contents.unfinished, contents.problems.len()), (4, 0, 1));
    let run = RunFolder::open(damaged.parent().unwrap()).unwrap();
    fs::remove_file(damaged).unwrap();
    let _held = run.try_lock().unwrap().unwrap();
    let message = Contents::of(folder.path(), &build()).unwrap_err().to_string();
    assert!(message.starts_with("runs in progress: 1; wait for them"), "{message}");
}
