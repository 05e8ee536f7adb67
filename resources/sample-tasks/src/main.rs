//! Writes the sample tasks: `cargo run --release -p placebo-sample-tasks [FOLDER]`, by default into the repository.

use std::path::PathBuf;

use anyhow::Result;
use placebo_sample_tasks::{official, training, unseen};

fn main() -> Result<()> {
    let committed = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/data"));
    let folder = std::env::args_os().nth(1).map_or_else(committed, PathBuf::from);
    let (training, unseen) = (training(), unseen());
    official::write(&folder, &training, &unseen)?;
    println!("{} training and {} test tasks written to {}", training.len(), unseen.len(), folder.display());
    Ok(())
}
