//! Digests of what a spec names but does not contain: the task files and the checkpoint.

use std::io::{self, BufRead, BufReader};
use std::path::Path;

use fs_err::File;
use sha2::{Digest, Sha256};

use super::id::hexadecimal;

/// The digest of the tasks of both splits: name and content hash of each, in any order.
///
/// It stands in every spec, because the same spec over other files gives another result.
pub fn data_digest<'a>(tasks: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut lines: Vec<_> = tasks.into_iter().map(|(name, hash)| format!("{name} {hash}\n")).collect();
    lines.sort();
    lines.dedup();
    hexadecimal(&Sha256::digest(lines.concat()))
}

/// The digest of a checkpoint's folder: its configuration, tokenizer and weights, wherever the folder lies.
///
/// # Errors
/// A file that cannot be read, named in the error.
pub fn model_digest(folder: &Path) -> io::Result<String> {
    let mut lines = Vec::new();
    for entry in fs_err::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if counts_for_the_model(&name) {
            lines.push(format!("{name} {}\n", file_digest(&entry.path())?));
        }
    }
    lines.sort();
    Ok(hexadecimal(&Sha256::digest(lines.concat())))
}

fn counts_for_the_model(name: &str) -> bool {
    let named = ["config.json", "generation_config.json", "tokenizer.json", "spiece.model"];
    // Weights whole or in parts, with the index of the parts; older checkpoints have torch's own files.
    let weights = name.ends_with(".safetensors") || name.ends_with(".safetensors.index.json");
    named.contains(&name) || weights || name.starts_with("pytorch_model")
}

/// SHA-256 of a file's bytes, read in blocks.
pub(crate) fn file_digest(path: &Path) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut file = BufReader::with_capacity(1 << 20, File::open(path)?);
    loop {
        let block = file.fill_buf()?;
        if block.is_empty() {
            break;
        }
        let length = block.len();
        hasher.update(block);
        file.consume(length);
    }
    Ok(hexadecimal(&hasher.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_count_in_any_order_and_once() {
        let digest = data_digest([("a", "1"), ("b", "2")]);
        assert_eq!(data_digest([("b", "2"), ("a", "1"), ("b", "2")]), digest);
        assert_ne!(data_digest([("a", "2"), ("b", "1")]), digest);
        assert_ne!(data_digest([("a", "1")]), digest);
    }

    #[test]
    fn a_model_is_its_files_wherever_they_lie() {
        let write = |weights: &str| {
            let folder = tempfile::tempdir().unwrap();
            fs_err::write(folder.path().join("config.json"), "{}").unwrap();
            fs_err::write(folder.path().join("model.safetensors"), weights).unwrap();
            fs_err::write(folder.path().join("README.md"), format!("{:?}", folder.path())).unwrap();
            model_digest(folder.path()).unwrap()
        };
        assert_eq!(write("w"), write("w"));
        assert_ne!(write("w"), write("v"));
        assert!(model_digest(Path::new("no/such/model")).unwrap_err().to_string().contains("no/such/model"));
    }
}
