//! Breaking a name into lines: after blanks and punctuation, inside a word only where nothing else helps.

/// A text in lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wrapped {
    /// The lines, without blanks at their ends.
    pub lines: Vec<String>,
    /// Whether a word had to be broken.
    pub broke_a_word: bool,
}

impl Wrapped {
    /// The fewest lines no wider than `width`, all of about the same width.
    pub fn balanced(text: &str, width: f64, measure: &dyn Fn(&str) -> f64) -> Self {
        let widest = Self::greedy(text, width, measure);
        let (mut too_narrow, mut wide_enough) = (0.0, width);
        let mut best = widest.clone();
        for _ in 0..8 {
            let narrower = (too_narrow + wide_enough) / 2.0;
            let wrapped = Self::greedy(text, narrower, measure);
            if wrapped.lines.len() == widest.lines.len() && wrapped.broke_a_word == widest.broke_a_word {
                (wide_enough, best) = (narrower, wrapped);
            } else {
                too_narrow = narrower;
            }
        }
        best
    }

    /// Every line as full as it can be.
    fn greedy(text: &str, width: f64, measure: &dyn Fn(&str) -> f64) -> Self {
        let mut wrapped = Self::default();
        let mut line = String::new();
        for piece in pieces(text) {
            if measure(format!("{line}{piece}").trim_end()) > width && !line.is_empty() {
                wrapped.lines.push(std::mem::take(&mut line));
            }
            line.push_str(piece);
            while measure(line.trim_end()) > width && line.trim_end().chars().count() > 1 {
                wrapped.broke_a_word = true;
                let rest = line.split_off(head(&line, width, measure));
                wrapped.lines.push(std::mem::replace(&mut line, rest));
            }
        }
        wrapped.lines.push(line);
        wrapped.lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
        wrapped.lines.retain(|line| !line.is_empty());
        wrapped
    }

    /// At most `count` lines; a text that was cut ends in an ellipsis.
    pub fn at_most(mut self, count: usize) -> Self {
        if self.lines.len() > count {
            self.lines.truncate(count.max(1));
            if let Some(last) = self.lines.last_mut() {
                last.pop();
                *last = format!("{}…", last.trim_end());
            }
        }
        self
    }
}

/// Where to break a word that is too wide: at least one character stays.
fn head(line: &str, width: f64, measure: &dyn Fn(&str) -> f64) -> usize {
    let ends = line.char_indices().map(|(at, _)| at).skip(1);
    let fitting = ends.take_while(|end| measure(&line[..*end]) <= width).last();
    fitting.unwrap_or_else(|| line.chars().next().map_or(0, char::len_utf8))
}

/// The parts of a text that stay together, each with the blank or the mark after it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        if character == ' ' || is_break(character, next) || begins_a_word(character, next) {
            let end = at + character.len_utf8();
            pieces.push(&text[start..end]);
            start = end;
        }
    }
    pieces.push(&text[start..]);
    pieces
}

/// A mark inside a compound such as `definition.simplified` or `train/test`, but not in `0.5`.
fn is_break(character: char, next: Option<char>) -> bool {
    "-/_.+,:;|@→".contains(character)
        && next.is_some_and(char::is_alphanumeric)
        && !(character == '.' && next.is_some_and(char::is_numeric))
}

/// The seam in `wrongDefinition`.
fn begins_a_word(character: char, next: Option<char>) -> bool {
    character.is_lowercase() && next.is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrap(text: &str, width: usize) -> Wrapped {
        Wrapped::balanced(text, width as f64, &|line| line.chars().count() as f64)
    }

    #[test]
    fn lines_break_at_blanks_and_marks_and_are_even() {
        assert_eq!(wrap("one two three four", 14).lines, ["one two", "three four"]);
        assert_eq!(wrap("definition.simplified+0.5", 12).lines, ["definition.", "simplified+", "0.5"]);
        assert_eq!(wrap("WrongDefinition", 12).lines, ["Wrong", "Definition"]);
        assert_eq!(wrap("short", 14).lines, ["short"]);
        assert!(!wrap("definition.simplified", 12).broke_a_word);
    }

    #[test]
    fn only_a_word_without_room_is_broken() {
        let wrapped = wrap("an incomprehensibility", 8);
        assert!(wrapped.broke_a_word && wrapped.lines.iter().all(|line| line.chars().count() <= 8), "{wrapped:?}");
        assert_eq!(wrapped.lines.concat(), "anincomprehensibility");
        assert_eq!(wrap("ab", 0).lines, ["a", "b"]);
        assert!(wrap("", 5).lines.is_empty());
    }

    #[test]
    fn what_is_cut_ends_in_an_ellipsis() {
        assert_eq!(wrap("one two three", 5).at_most(2).lines, ["one", "tw…"]);
        assert_eq!(wrap("one two", 10).at_most(2).lines, ["one two"]);
    }
}
