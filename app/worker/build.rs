//! Notes the git commit of the build, for the records of runs.

use std::path::Path;
use std::process::Command;

fn main() {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    println!("cargo:rustc-env=PLACEBO_COMMIT={}", git(&["rev-parse", "HEAD"]).unwrap_or_default());
    // Every commit, checkout and rebase appends to this file; outside a repository there is none to watch.
    let log = git(&["rev-parse", "--git-path", "logs/HEAD"]).filter(|log| Path::new(log).exists());
    println!("cargo:rerun-if-changed={}", log.as_deref().unwrap_or("build.rs"));
}
