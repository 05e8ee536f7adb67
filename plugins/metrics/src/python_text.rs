//! Python's notion of blanks, which the official scorers inherit.

/// Whether Python's `str.split()` and `str.strip()` take this for a blank: Unicode's white space, and the four
/// separators of ASCII (U+001C to U+001F), which Unicode does not count.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&c)
}

/// `text.strip()`.
pub fn strip(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// `" ".join(text.split())`.
pub fn collapse(text: &str) -> String {
    text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `[hex(i) for i in range(0x110000) if chr(i).isspace()]` of Python 3.
    #[test]
    fn blanks_are_pythons() {
        let pythons: Vec<u32> = [0x9..=0xD, 0x1C..=0x20, 0x85..=0x85, 0xA0..=0xA0, 0x1680..=0x1680, 0x2000..=0x200A]
            .into_iter()
            .chain([0x2028..=0x2029, 0x202F..=0x202F, 0x205F..=0x205F, 0x3000..=0x3000])
            .flatten()
            .collect();
        let ours: Vec<u32> = ('\0'..=char::MAX).filter(|c| is_blank(*c)).map(u32::from).collect();
        assert_eq!(ours, pythons);
    }

    #[test]
    fn runs_of_blanks_collapse() {
        assert_eq!(collapse("\u{A0}a \u{1F}\t b\r\n"), "a b");
        assert_eq!(strip("\u{1C} a b \u{3000}"), "a b");
    }
}
