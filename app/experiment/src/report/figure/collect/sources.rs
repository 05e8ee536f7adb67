//! Where numbers come from: the run, and checksums of what its record says.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::report::Record;
use crate::report::figure::{FigureError, Source};
use crate::results::RunFolder;
use crate::run_spec::hexadecimal;

/// A record as a figure's source.
pub(super) fn source(record: &Record) -> Result<Source, FigureError> {
    let files = RunFolder::open(&record.path)?.record_files();
    let sum = |name: &str| files.iter().find(|path| path.ends_with(name)).map(|path| sha256(path)).transpose();
    let scores_sha256 = if record.scores.is_some() { sum("scores.json")? } else { None };
    Ok(Source { run: record.spec.id().to_string(), manifest_sha256: sum("manifest.json")?, scores_sha256 })
}

fn sha256(path: &Path) -> Result<String, FigureError> {
    Ok(hexadecimal(&Sha256::digest(fs_err::read(path)?)))
}
