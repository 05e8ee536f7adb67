//! Writing a bundle: the same results give the same bytes, on every machine and whenever it is done.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::sums::{Sums, sha256};
use super::{BundleError, Contents, SUMS};
use crate::results::replace_file;
use crate::run_spec::file_digest;

/// A bundle that was written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Written {
    /// Files in it, the checksums included.
    pub files: usize,
    /// Size of the archive.
    pub bytes: u64,
    /// SHA-256 of the archive, to name it by in a paper.
    pub sha256: String,
}

/// An archive in the making: everything lies in one folder, all is of one time and one mode.
struct Archive<'f> {
    zip: ZipWriter<&'f mut BufWriter<File>>,
    top: &'f str,
    sums: Sums,
}

impl Contents {
    /// Writes the archive at `path`, whole or not at all.
    ///
    /// # Errors
    /// A file that cannot be read, or an archive that cannot be written.
    pub fn write(&self, path: &Path) -> Result<Written, BundleError> {
        let written = replace_file(path, |file| self.write_to(file));
        written.map_err(|cause| BundleError::Unwritable { cause, path: path.to_owned() })?;
        Ok(Written { files: self.entries.len() + 1, bytes: fs_err::metadata(path)?.len(), sha256: file_digest(path)? })
    }

    fn write_to(&self, file: &mut BufWriter<File>) -> io::Result<()> {
        let mut archive = Archive { zip: ZipWriter::new(file), top: &self.top, sums: Sums::default() };
        for (name, source) in &self.entries {
            archive.add(name, &source.bytes()?)?;
        }
        let sums = archive.sums.to_text();
        archive.add(SUMS, sums.as_bytes())?;
        archive.zip.finish()?;
        Ok(())
    }
}

impl Archive<'_> {
    fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(u32::try_from(bytes.len()).is_err());
        self.zip.start_file(format!("{}/{name}", self.top), options)?;
        self.zip.write_all(bytes)?;
        self.sums.0.insert(name.to_owned(), sha256(bytes));
        Ok(())
    }
}
