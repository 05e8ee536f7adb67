//! A disk that fills up while a run from the window writes to it: the real program, on a small file system of its own.

use crate::fixture::{Window, sample};
use placebo_desktop::{Command, Settings};
use placebo_experiment::plan::Plan;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

/// A file system of half a megabyte, taken away in the end.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(path: PathBuf) -> Option<Self> {
        std::fs::create_dir_all(&path).unwrap();
        let disk = Self(path);
        disk.mounted("size=512k").then_some(disk)
    }

    fn mounted(&self, options: &str) -> bool {
        let mut command = Process::new("mount");
        let output = command.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&self.0).output();
        output.is_ok_and(|output| output.status.success())
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Process::new("umount").arg(&self.0).output();
    }
}

/// The executable of the same build, where it made one.
fn program() -> Option<PathBuf> {
    let tests = std::env::current_exe().ok()?;
    Some(tests.parent()?.parent()?.join("placebo")).filter(|path| path.is_file())
}

/// One run of some seconds.
fn plan(folder: &Path) -> PathBuf {
    let mut plan: Plan = sample();
    plan.name = "small".into();
    plan.seeds.truncate(1);
    plan.conditions.truncate(1);
    plan.baselines.clear();
    plan.training.epochs = Some(1.0);
    let path = folder.join("small.toml");
    std::fs::write(&path, plan.to_toml().unwrap()).unwrap();
    path
}

#[test]
fn a_full_disk_is_told_with_a_remedy_and_the_run_goes_on_once_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = program() else { return eprintln!("skipped: the executable is not built") };
    let Some(disk) = SmallDisk::mount(folder.path().join("results")) else {
        return eprintln!("skipped: this user may not mount a small disk");
    };
    let mut window = Window::with(Settings::default(), program, Some(Command::Open(plan(folder.path()))));
    window.ask(Command::SetResults(disk.0.clone()));
    window.ask(Command::RunPlan);
    window.expect("Some runs of small failed; page Runs shows which and why");
    window.expect("the disk is full");
    window.expect("Free some space");
    assert!(disk.mounted("remount,size=64m"));
    window.press("Retry failed runs");
    window.expect("The runs of small are finished; page Compare shows them");
    window.ask(Command::Refresh);
    window.expect("1 run: 1 finished");
}
