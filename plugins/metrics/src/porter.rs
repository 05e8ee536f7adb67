//! Porter's stemmer with NLTK's extensions, which is the one that `rouge_score` uses.
//!
//! Porter, *An algorithm for suffix stripping*, Program 14.3 (1980), with Porter's later departures and those of NLTK's
//! `NLTK_EXTENSIONS` mode. Words are of the letters a to z and digits; a digit is a consonant.

/// The stem of a lower-case word.
pub fn stem(word: &str) -> String {
    if let Some((_, stem)) = IRREGULAR.iter().find(|(irregular, _)| *irregular == word) {
        return stem.to_string();
    }
    if word.len() <= 2 {
        return word.to_string();
    }
    STEPS.iter().fold(word.to_string(), |word, step| step(word))
}

const STEPS: [fn(String) -> String; 8] =
    [plural, past_or_progressive, final_y, double_suffix, single_suffix, bare_suffix, final_e, final_ll];

/// Words that the rules would conflate wrongly, with their stems.
const IRREGULAR: [(&str, &str); 16] = [
    ("sky", "sky"),
    ("skies", "sky"),
    ("dying", "die"),
    ("lying", "lie"),
    ("tying", "tie"),
    ("news", "news"),
    ("innings", "inning"),
    ("inning", "inning"),
    ("outings", "outing"),
    ("outing", "outing"),
    ("cannings", "canning"),
    ("canning", "canning"),
    ("howe", "howe"),
    ("proceed", "proceed"),
    ("exceed", "exceed"),
    ("succeed", "succeed"),
];

/// Step 1a: caresses → caress, ponies → poni, ties → tie, cats → cat.
fn plural(word: String) -> String {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() == 1 => return format!("{stem}ie"),
        _ => {}
    }
    replace_first(&word, &[("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")], |_| true).unwrap_or(word)
}

/// Step 1b: agreed → agree, plastered → plaster, motoring → motor, spied → spi, died → die.
fn past_or_progressive(word: String) -> String {
    if let Some(stem) = word.strip_suffix("ied") {
        return format!("{stem}{}", if stem.len() == 1 { "ie" } else { "i" });
    }
    if let Some(stem) = word.strip_suffix("eed") {
        return if measure(stem) > 0 { format!("{stem}ee") } else { word };
    }
    let stem = word.strip_suffix("ed").or_else(|| word.strip_suffix("ing"));
    match stem.filter(|stem| has_vowel(stem)) {
        Some(stem) => completed(stem),
        None => word,
    }
}

/// After step 1b: conflat → conflate, hopp → hop, fil → file.
fn completed(stem: &str) -> String {
    if ["at", "bl", "iz"].iter().any(|ending| stem.ends_with(ending)) {
        return format!("{stem}e");
    }
    if ends_in_double_consonant(stem) {
        let keeps_both = stem.ends_with(['l', 's', 'z']);
        return if keeps_both { stem.to_string() } else { stem[..stem.len() - 1].to_string() };
    }
    if measure(stem) == 1 && ends_short(stem) { format!("{stem}e") } else { stem.to_string() }
}

/// Step 1c: happy → happi, but enjoy and by stay.
fn final_y(word: String) -> String {
    match word.strip_suffix('y') {
        Some(stem) if stem.len() > 1 && consonants(stem).last() == Some(true) => format!("{stem}i"),
        _ => word,
    }
}

/// Step 2: relational → relate, vietnamization → vietnamize, hopefulness → hopeful.
fn double_suffix(word: String) -> String {
    if let Some(stem) = word.strip_suffix("alli").filter(|stem| measure(stem) > 0) {
        return double_suffix(format!("{stem}al"));
    }
    if let Some(stem) = word.strip_suffix("ogi").filter(|stem| stem.ends_with('l')) {
        return if measure(stem) > 0 { format!("{stem}og") } else { word };
    }
    replace_first(&word, &DOUBLE_SUFFIXES, |stem| measure(stem) > 0).unwrap_or(word)
}

const DOUBLE_SUFFIXES: [(&str, &str); 21] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("bli", "ble"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
    ("fulli", "ful"),
];

/// Step 3: triplicate → triplic, hopeful → hope, goodness → good.
fn single_suffix(word: String) -> String {
    let suffixes =
        [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];
    replace_first(&word, &suffixes, |stem| measure(stem) > 0).unwrap_or(word)
}

/// Step 4: revival → reviv, adoption → adopt, effective → effect.
fn bare_suffix(word: String) -> String {
    if let Some(stem) = word.strip_suffix("ion") {
        let goes = measure(stem) > 1 && stem.ends_with(['s', 't']);
        return if goes { stem.to_string() } else { word };
    }
    replace_first(&word, &BARE_SUFFIXES, |stem| measure(stem) > 1).unwrap_or(word)
}

const BARE_SUFFIXES: [(&str, &str); 18] = [
    ("al", ""),
    ("ance", ""),
    ("ence", ""),
    ("er", ""),
    ("ic", ""),
    ("able", ""),
    ("ible", ""),
    ("ant", ""),
    ("ement", ""),
    ("ment", ""),
    ("ent", ""),
    ("ou", ""),
    ("ism", ""),
    ("ate", ""),
    ("iti", ""),
    ("ous", ""),
    ("ive", ""),
    ("ize", ""),
];

/// Step 5a: probate → probat, cease → ceas, but rate stays.
fn final_e(word: String) -> String {
    match word.strip_suffix('e') {
        Some(stem) if measure(stem) > 1 || (measure(stem) == 1 && !ends_short(stem)) => stem.to_string(),
        _ => word,
    }
}

/// Step 5b: controll → control, but roll stays.
fn final_ll(word: String) -> String {
    if word.ends_with("ll") && measure(&word[..word.len() - 1]) > 1 { word[..word.len() - 1].to_string() } else { word }
}

/// Replaces the first suffix that the word has, if what is before it suits; `None` leaves the word as it is. A suffix
/// that does not suit ends the search.
fn replace_first(word: &str, suffixes: &[(&str, &str)], suits: impl Fn(&str) -> bool) -> Option<String> {
    let (stem, replacement) =
        suffixes.iter().find_map(|(suffix, replacement)| Some((word.strip_suffix(suffix)?, replacement)))?;
    suits(stem).then(|| format!("{stem}{replacement}"))
}

/// For every character whether it is a consonant: not a, e, i, o, u, and not a y that follows a consonant.
fn consonants(word: &str) -> impl Iterator<Item = bool> {
    word.bytes().scan(false, |after_consonant, byte| {
        *after_consonant = match byte {
            b'a' | b'e' | b'i' | b'o' | b'u' => false,
            b'y' => !*after_consonant,
            _ => true,
        };
        Some(*after_consonant)
    })
}

/// Porter's measure: how often a vowel is followed by a consonant.
fn measure(word: &str) -> usize {
    consonants(word).zip(consonants(word).skip(1)).filter(|(first, second)| !first && *second).count()
}

fn has_vowel(word: &str) -> bool {
    consonants(word).any(|consonant| !consonant)
}

fn ends_in_double_consonant(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() >= 2 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2] && consonants(word).last() == Some(true)
}

/// Whether the word ends in consonant, vowel, consonant, the last not w, x or y; or is a vowel and a consonant.
fn ends_short(word: &str) -> bool {
    let shape: Vec<bool> = consonants(word).collect();
    let closed = shape.ends_with(&[true, false, true]) && !word.ends_with(['w', 'x', 'y']);
    closed || shape == [false, true]
}

#[cfg(test)]
mod tests {
    use super::stem;

    /// Words and their stems by NLTK; `tests/golden/rouge.py` made them.
    const STEMS: &str = include_str!("../../../tests/golden/rouge_stems.txt");

    fn compare(stems: &str) -> usize {
        let pairs: Vec<_> = stems.lines().map(|line| line.split_once(' ').unwrap()).collect();
        let wrong: Vec<_> = pairs.iter().filter(|(word, wanted)| stem(word) != *wanted).take(20).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        pairs.len()
    }

    #[test]
    fn stems_are_nltks() {
        assert!(compare(STEMS) > 1000);
    }

    #[test]
    fn stems_of_a_large_list_are_nltks() {
        match std::env::var_os("PLACEBO_ROUGE_STEMS") {
            Some(path) => println!("{} words", compare(&std::fs::read_to_string(path).unwrap())),
            None => {
                println!("skipped: no file named in PLACEBO_ROUGE_STEMS; `tests/golden/rouge.py --words` makes one");
            }
        }
    }
}
