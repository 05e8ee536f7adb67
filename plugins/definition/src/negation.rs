//! The negation of one English sentence that instructs.

use placebo_plugin_api::text::Piece;

/// The sentence negated, or `None` where no instruction is found in it.
pub fn negated(pieces: &[Piece<'_>]) -> Option<String> {
    let sentence = Words::of(pieces);
    let rules = [Words::without_not, Words::task_is_not, Words::should_not, Words::do_not];
    rules.into_iter().find_map(|rule| rule(&sentence))
}

/// The words of a sentence in lower case, each with its place among the pieces.
struct Words<'p> {
    pieces: &'p [Piece<'p>],
    words: Vec<(usize, String)>,
}

/// Verbs with which a definition instructs.
const VERBS: &str = "
add answer avoid apply arrange ask assess assign assume calculate categorize change check choose classify combine come compare complete compose
compute concatenate consider construct continue convert correct count craft create decide decipher delete derive describe detect
determine do edit elaborate eliminate estimate evaluate examine explain express extract fill find fix follow formulate gauge generate
give guess identify imagine indicate infer insert judge keep label list locate look make mark match mention modify name output paraphrase
pick predict prepare present preserve produce propose provide put rank rate read rearrange recognize reconstruct rephrase remove reorder
replace reply report respond return reverse rewrite say select separate shorten simplify solve sort specify split state suggest
summarize tag take tell transform translate try turn type understand use verify write
";

/// Auxiliaries that instruct, after which "not" stands.
const AUXILIARIES: [&str; 8] = ["should", "must", "can", "will", "shall", "may", "could", "would"];

/// Words before which a sentence is no instruction yet, though a verb of the list may follow a comma.
const SUBORDINATE: [&str; 8] = ["if", "when", "given", "based", "in", "for", "as", "similarly"];

impl<'p> Words<'p> {
    fn of(pieces: &'p [Piece<'p>]) -> Self {
        let words = pieces.iter().enumerate().filter(|(_, piece)| piece.is_word());
        Words { pieces, words: words.map(|(place, piece)| (place, piece.text.to_lowercase())).collect() }
    }

    fn word(&self, number: usize) -> &str {
        self.words.get(number).map_or("", |(_, word)| word)
    }

    /// "should not" → "should", "Do not write" → "Write", "don't" → "do", "cannot" → "can".
    fn without_not(&self) -> Option<String> {
        let number = (0..self.words.len()).find(|number| self.forbids(*number))?;
        let place = self.words[number].0;
        let affirmative = match self.word(number) {
            "cannot" | "can't" => "can".to_string(),
            "don't" | "don’t" => return Some(self.verb_first(place, place + 2)),
            "not" if self.word(number - 1) == "do" && self.begins_clause(number - 1) => {
                return Some(self.verb_first(self.words[number - 1].0, place + 2));
            }
            "not" => return Some(self.without(place)),
            contracted => contracted.trim_end_matches("n't").trim_end_matches("n’t").to_string(),
        };
        Some(self.with(place, &affirmative))
    }

    /// Whether a word makes its sentence a prohibition.
    fn forbids(&self, number: usize) -> bool {
        let auxiliary = |word: &str| AUXILIARIES.contains(&word);
        match self.word(number) {
            "cannot" | "can't" | "shouldn't" | "mustn't" => true,
            "don't" | "don’t" => self.begins_clause(number),
            "not" if number > 0 => {
                let before = self.word(number - 1);
                auxiliary(before) || before == "do" && self.begins_clause(number - 1)
            }
            _ => false,
        }
    }

    /// "Your task is to" → "Your task is not to", "are required to" → "are not required to", "need to" → "do not need to".
    fn task_is_not(&self) -> Option<String> {
        let is_task = |number: &usize| {
            ["task", "job", "goal", "aim", "objective", "problem"].contains(&self.word(*number))
                && self.word(number + 1) == "is"
                && self.word(number + 2) == "to"
        };
        if let Some(number) = (0..self.words.len()).find(is_task) {
            return Some(self.with(self.words[number + 1].0, "is not"));
        }
        let of_you = |number: usize| number > 0 && ["you", "we"].contains(&self.word(number - 1));
        let duty = |number: &usize| {
            let asked = ["required", "supposed", "expected", "asked"].contains(&self.word(number + 1));
            self.word(*number) == "are" && asked && self.word(number + 2) == "to" && of_you(*number)
        };
        if let Some(number) = (0..self.words.len()).find(duty) {
            return Some(self.with(self.words[number].0, "are not"));
        }
        let needs = |number: &usize| {
            let to_do = ["need", "have"].contains(&self.word(*number)) && self.word(number + 1) == "to";
            of_you(*number) && (to_do || self.word(*number) == "ask" && self.word(number + 1) == "you")
        };
        let number = (0..self.words.len()).find(needs)?;
        Some(self.with(self.words[number].0, &format!("do not {}", self.word(number))))
    }

    /// "You should" → "You should not".
    fn should_not(&self) -> Option<String> {
        if self.begins_with_verb() {
            return None;
        }
        let describes = |number: usize| number > 0 && ["that", "which", "who"].contains(&self.word(number - 1));
        let strong = |number: &usize| AUXILIARIES[..2].contains(&self.word(*number)) && !describes(*number);
        let of_you = |number: &usize| {
            *number > 0
                && self.word(number - 1) == "you"
                && ["can", "will", "may"].contains(&self.word(*number))
                && self.word(*number + 1) != "be"
        };
        let mut numbers = 0..self.words.len();
        let number = numbers.find(|number| strong(number) || of_you(number) && !self.in_aside(*number))?;
        let word = self.pieces[self.words[number].0].text;
        Some(self.with(self.words[number].0, &format!("{word} not")))
    }

    /// "Write" → "Do not write", also after "please", and after the comma of a clause that comes first.
    fn do_not(&self) -> Option<String> {
        let number = (0..self.words.len()).find(|number| self.instructs(*number))?;
        let (place, word) = &self.words[number];
        let is_capital = self.pieces[*place].text.starts_with(char::is_uppercase);
        Some(self.with(*place, &format!("{} not {word}", if is_capital { "Do" } else { "do" })))
    }

    /// Whether a word is a verb of the list where an instruction may begin.
    fn instructs(&self, number: usize) -> bool {
        let is_verb = VERBS.split_whitespace().any(|verb| verb == self.word(number));
        let after_clause = SUBORDINATE.contains(&self.word(0)) && self.after_comma(number);
        let after_subject =
            number == 1 && ["please", "then", "also", "first", "finally", "now", "next"].contains(&self.word(0));
        is_verb && (self.begins_clause(number) || after_clause || after_subject) && !self.names_a_thing(number)
    }

    fn begins_with_verb(&self) -> bool {
        self.instructs(0) || self.instructs(1)
    }

    /// "List: …" and "Answer:" are headings, not instructions.
    fn names_a_thing(&self, number: usize) -> bool {
        let after = self.pieces.get(self.words[number].0 + 1).map_or("", |piece| piece.text);
        after.starts_with(':')
            || self.is_quoted(number)
            || self.word(number + 1) == "is"
            || self.word(number + 1) == "should"
    }

    fn begins_clause(&self, number: usize) -> bool {
        number == 0 || self.between(number).contains(';')
    }

    fn after_comma(&self, number: usize) -> bool {
        number > 0 && self.between(number).contains([',', ')'])
    }

    /// Whether a quote opens right before a word.
    fn is_quoted(&self, number: usize) -> bool {
        let place = self.words[number].0;
        place > 0 && self.pieces[place - 1].text.ends_with(['"', '\'', '“', '‘'])
    }

    /// Whether a word stands in a clause that begins with if, that or which.
    fn in_aside(&self, number: usize) -> bool {
        (0..number).any(|earlier| ["if", "that", "which", "so"].contains(&self.word(earlier)))
    }

    /// What stands between a word and the one before it.
    fn between(&self, number: usize) -> String {
        let (from, to) = (self.words[number - 1].0 + 1, self.words[number].0);
        self.pieces[from..to].iter().map(|piece| piece.text).collect()
    }

    /// The sentence with another text at a place, in the case of the old one.
    fn with(&self, place: usize, text: &str) -> String {
        let one =
            |(at, piece): (usize, &Piece<'_>)| if at == place { text.to_string() } else { piece.text.to_string() };
        self.pieces.iter().enumerate().map(one).collect()
    }

    /// The sentence without the word at a place and the blanks before it.
    fn without(&self, place: usize) -> String {
        let text = |pieces: &[Piece<'_>]| pieces.iter().map(|piece| piece.text).collect::<String>();
        text(&self.pieces[..place]).trim_end().to_string() + &text(&self.pieces[place + 1..])
    }

    /// The sentence without the pieces from `start` to `end`, what follows taking their place and their case.
    fn verb_first(&self, start: usize, end: usize) -> String {
        let text = |pieces: &[Piece<'_>]| pieces.iter().map(|piece| piece.text).collect::<String>();
        let (before, after) = (text(&self.pieces[..start]), text(&self.pieces[end.min(self.pieces.len())..]));
        let mut letters = after.chars();
        let first = letters.next().into_iter();
        let is_capital = self.pieces[start].text.starts_with(char::is_uppercase);
        before + &first.map(|c| if is_capital { c.to_ascii_uppercase() } else { c }).chain(letters).collect::<String>()
    }
}

#[cfg(test)]
mod tests {
    use super::negated;
    use placebo_plugin_api::text::pieces;

    fn of(sentence: &str) -> Option<String> {
        negated(&pieces(sentence, &[]))
    }

    fn changed(pairs: &[(&str, &str)]) {
        for (before, after) in pairs {
            assert_eq!(of(before).as_deref(), Some(*after));
        }
    }

    #[test]
    fn imperatives() {
        changed(&[
            ("Write a title.", "Do not write a title."),
            ("Please answer yes.", "Please do not answer yes."),
            ("In this task, generate a title.", "In this task, do not generate a title."),
            ("Given a text, write a title.", "Given a text, do not write a title."),
        ]);
    }

    #[test]
    fn duties() {
        changed(&[
            ("In this task, your task is to write.", "In this task, your task is not to write."),
            ("You are expected to write it.", "You are not expected to write it."),
            ("In this task, we ask you to write it.", "In this task, we do not ask you to write it."),
            ("You need to write it.", "You do not need to write it."),
            ("The output should be short.", "The output should not be short."),
            ("You can use words that you know.", "You can not use words that you know."),
        ]);
    }

    #[test]
    fn prohibitions_become_permissions() {
        changed(&[
            ("You should not guess.", "You should guess."),
            ("Do not guess.", "Guess."),
            ("Don't guess.", "Guess."),
            ("The answer cannot be empty.", "The answer can be empty."),
            ("It mustn't be empty.", "It must be empty."),
        ]);
    }

    #[test]
    fn descriptions_stay() {
        for text in [
            "You are given a review.",
            "A review that is not long is given.",
            "You will be given a review.",
            "It has words that must be known.",
            "Output: a title.",
            "",
            "So it is.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
