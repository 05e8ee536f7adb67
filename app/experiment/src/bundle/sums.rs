//! The checksums of a bundle, in the format of `sha256sum`, and a last line that watches over the others.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::run_spec::hexadecimal;

/// Name → SHA-256 in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sums(pub(super) BTreeMap<String, String>);

/// Begins the last line, which `sha256sum -c` takes for a comment.
const SEAL: &str = "# lines above: ";

impl Sums {
    /// The file's text: a line per file in the order of the names, then the seal.
    pub(super) fn to_text(&self) -> String {
        let lines: String = self.0.iter().map(|(name, sum)| format!("{sum}  {name}\n")).collect();
        let seal = sha256(lines.as_bytes());
        format!("{lines}{SEAL}{seal}\n")
    }

    /// Reads what [`to_text`](Self::to_text) wrote; `None` where a single byte of it is another.
    pub(super) fn read(text: &str) -> Option<Self> {
        let pairs = text.lines().filter_map(|line| line.split_once("  "));
        let sums = Self(pairs.map(|(sum, name)| (name.to_owned(), sum.to_owned())).collect());
        (sums.to_text() == text).then_some(sums)
    }
}

/// SHA-256 of bytes, in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums() -> Sums {
        let pair = |name: &str| (name.to_owned(), sha256(name.as_bytes()));
        Sums([pair("a"), pair("b  c/d e")].into())
    }

    #[test]
    fn sums_survive_their_file() {
        let text = sums().to_text();
        assert_eq!(text.lines().next().unwrap().split_once("  ").unwrap().1, "a");
        assert_eq!(Sums::read(&text), Some(sums()));
        assert_eq!(Sums::read(&Sums::default().to_text()), Some(Sums::default()));
    }

    #[test]
    fn any_other_byte_breaks_the_seal() {
        let text = sums().to_text();
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            assert_eq!(Sums::read(&String::from_utf8(bytes).unwrap()), None, "byte {at}");
        }
        assert_eq!(Sums::read(""), None);
    }
}
