//! Safetensors files, read and written one tensor at a time so that no second copy of a model is ever in memory.

use super::CheckpointError;
use candle_core::{DType, Device, Tensor};
use fs_err::File;
use safetensors::View;
use safetensors::tensor::{Metadata, TensorInfo};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Longest header that any program writes (the format's own limit).
const LONGEST_HEADER: u64 = 100_000_000;

/// An open safetensors file.
pub(super) struct TensorFile {
    pub path: PathBuf,
    header: Metadata,
    /// Where the numbers begin.
    start: u64,
}

impl TensorFile {
    /// Reads the header and checks that the file is as long as it says.
    pub fn open(path: &Path) -> Result<Self, CheckpointError> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let (header, start) = read_header(&mut file, length).map_err(|e| match e.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => CheckpointError::damaged(path, e.to_string()),
            _ => e.into(),
        })?;
        let wanted = start + header.data_len() as u64;
        if wanted != length {
            return Err(CheckpointError::damaged(path, format!("{length} bytes where {wanted} belong")));
        }
        Ok(Self { path: path.into(), header, start })
    }

    /// Names in the order of the numbers.
    pub fn names(&self) -> Vec<String> {
        self.header.offset_keys()
    }

    /// A note in the header.
    pub fn note(&self, key: &str) -> Option<&str> {
        self.header.metadata().as_ref()?.get(key).map(String::as_str)
    }

    /// A tensor's shape.
    pub fn shape(&self, name: &str) -> Option<&[usize]> {
        self.header.info(name).map(|info| info.shape.as_slice())
    }

    /// One tensor in its own type.
    pub fn read(&self, name: &str, device: &Device) -> Result<Tensor, CheckpointError> {
        let no_such = || CheckpointError::damaged(&self.path, format!("no tensor `{name}`"));
        let info = self.header.info(name).ok_or_else(no_such)?;
        let dtype = DType::try_from(info.dtype).map_err(|_| {
            CheckpointError::damaged(&self.path, format!("tensor `{name}` is of type {:?}", info.dtype))
        })?;
        let mut bytes = vec![0; info.data_offsets.1 - info.data_offsets.0];
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.start + info.data_offsets.0 as u64))?;
        file.read_exact(&mut bytes)?;
        Ok(Tensor::from_raw_buffer(&bytes, dtype, &info.shape, device)?)
    }
}

fn read_header(file: &mut impl Read, length: u64) -> io::Result<(Metadata, u64)> {
    let mut size = [0; 8];
    file.read_exact(&mut size)?;
    let size = u64::from_le_bytes(size);
    if size > LONGEST_HEADER.min(length) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "not a safetensors file"));
    }
    let mut header = vec![0; size as usize];
    file.read_exact(&mut header)?;
    let header = serde_json::from_slice(&header).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))?;
    Ok((header, 8 + size))
}

/// Writes a safetensors file, brings it to the disk, and returns the SHA-256 of its bytes in hexadecimal digits.
///
/// The tensors come in the order given; wide types must come first, so that each stands at a multiple of its size.
pub(super) fn write(path: &Path, note: (&str, &str), tensors: &[(String, Tensor)]) -> Result<String, CheckpointError> {
    let header = header_of(path, note, tensors)?;
    let file = File::create(path)?;
    let mut writer = Hashing { writer: BufWriter::with_capacity(1 << 20, file), hash: Sha256::new() };
    writer.put(&(header.len() as u64).to_le_bytes())?;
    writer.put(&header)?;
    for (_, tensor) in tensors {
        writer.put(&tensor.data())?;
    }
    let file = writer.writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(writer.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The header in JSON, filled up with blanks so that the numbers begin at a multiple of 8.
fn header_of(path: &Path, note: (&str, &str), tensors: &[(String, Tensor)]) -> Result<Vec<u8>, CheckpointError> {
    let mut end = 0;
    let infos = tensors.iter().map(|(name, tensor)| {
        let (start, view) = (end, &tensor);
        end += view.data_len();
        let info = TensorInfo { dtype: view.dtype(), shape: tensor.dims().to_vec(), data_offsets: (start, end) };
        (name.clone(), info)
    });
    // One note, because the order of several would change from one program run to the next.
    let notes = HashMap::from([(note.0.to_owned(), note.1.to_owned())]);
    let header =
        Metadata::new(Some(notes), infos.collect()).map_err(|e| CheckpointError::damaged(path, e.to_string()))?;
    let mut header = serde_json::to_vec(&header).expect("a header has string keys only");
    header.resize(header.len().next_multiple_of(8), b' ');
    Ok(header)
}

struct Hashing<W> {
    writer: W,
    hash: Sha256,
}

impl<W: Write> Hashing<W> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.writer.write_all(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::floats::tests::numbers;

    fn tensors() -> Vec<(String, Tensor)> {
        let half = numbers((2, 3), 2).unwrap().to_dtype(DType::BF16).unwrap();
        vec![("a".into(), numbers((5, 7), 1).unwrap()), ("b".into(), half)]
    }

    #[test]
    fn tensors_come_back_bit_for_bit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.safetensors");
        let hash = write(&path, ("format", "pt"), &tensors()).unwrap();
        let file = TensorFile::open(&path).unwrap();
        assert_eq!((file.names(), file.note("format")), (vec!["a".into(), "b".into()], Some("pt")));
        for (name, tensor) in tensors() {
            let read = file.read(&name, &Device::Cpu).unwrap();
            assert_eq!((read.dtype(), read.dims()), (tensor.dtype(), tensor.dims()));
            assert_eq!(read.data(), tensor.data());
        }
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(hash, Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        assert_eq!(write(&path, ("format", "pt"), &tensors()).unwrap(), hash);
    }

    #[test]
    fn the_format_is_the_crates_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.safetensors");
        write(&path, ("format", "pt"), &tensors()).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let file = safetensors::SafeTensors::deserialize(&bytes).unwrap();
        assert_eq!(file.tensor("b").unwrap().shape(), [2, 3]);
    }

    #[test]
    fn damaged_files_are_refused_and_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.safetensors");
        write(&path, ("format", "pt"), &tensors()).unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let shapes = [&bytes[..bytes.len() - 1], &bytes[..20], &bytes[..3], b"<html>this is not it</html>"];
        for damaged in shapes {
            std::fs::write(&path, damaged).unwrap();
            let error = TensorFile::open(&path).err().unwrap();
            assert!(matches!(error, CheckpointError::Damaged { .. }), "{error}");
            assert!(error.to_string().ends_with("x.safetensors`"), "{error}");
        }
    }
}
