//! Lines of bytes, which end with a newline and have a greatest length.

use std::io::{self, BufRead, Read};

/// The longest answer, in bytes: more than any batch of texts, less than what would endanger this process.
pub const LONGEST: u64 = 1 << 30;

/// The next line without its newline; `None` at the end.
///
/// # Errors
/// The stream cannot be read, ends within a line, or a line is too long.
pub fn next_line(stream: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    stream.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
    match line.pop() {
        None => Ok(None),
        Some(b'\n') => Ok(Some(line)),
        Some(_) if line.len() as u64 >= LONGEST - 1 => Err(io::Error::other("an answer is longer than a gigabyte")),
        Some(_) => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_one_by_one() {
        let mut stream = &b"a\n\nb\n"[..];
        let mut next = || next_line(&mut stream).unwrap();
        assert_eq!([next(), next(), next()], [Some(b"a".to_vec()), Some(Vec::new()), Some(b"b".to_vec())]);
        assert_eq!(next(), None);
    }

    #[test]
    fn a_line_without_an_end_is_none() {
        assert_eq!(next_line(&mut &b"{\"scored\":["[..]).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
