//! Adjectives with their comparatives, synonyms and opposites, and adverbs.

/// An adjective and its relatives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quality {
    pub word: &'static str,
    /// The comparative.
    pub more: &'static str,
    pub synonyms: [&'static str; 2],
    pub opposite: &'static str,
}

const fn quality(forms: [&'static str; 5]) -> Quality {
    let [word, more, synonym, other, opposite] = forms;
    Quality { word, more, synonyms: [synonym, other], opposite }
}

pub const QUALITIES: &[Quality] = &[
    quality(["angry", "angrier", "furious", "cross", "pleased"]),
    quality(["big", "bigger", "large", "huge", "small"]),
    quality(["brave", "braver", "bold", "fearless", "afraid"]),
    quality(["bright", "brighter", "shiny", "brilliant", "dark"]),
    quality(["calm", "calmer", "peaceful", "relaxed", "nervous"]),
    quality(["clean", "cleaner", "spotless", "tidy", "dirty"]),
    quality(["clever", "cleverer", "smart", "bright", "foolish"]),
    quality(["cold", "colder", "chilly", "icy", "hot"]),
    quality(["easy", "easier", "simple", "effortless", "hard"]),
    quality(["fast", "faster", "quick", "rapid", "slow"]),
    quality(["funny", "funnier", "amusing", "comic", "serious"]),
    quality(["happy", "happier", "glad", "cheerful", "sad"]),
    quality(["kind", "kinder", "gentle", "caring", "cruel"]),
    quality(["loud", "louder", "noisy", "deafening", "quiet"]),
    quality(["old", "older", "ancient", "aged", "young"]),
    quality(["rich", "richer", "wealthy", "prosperous", "poor"]),
    quality(["strong", "stronger", "powerful", "mighty", "weak"]),
    quality(["thin", "thinner", "slim", "slender", "thick"]),
    quality(["wet", "wetter", "damp", "soaked", "dry"]),
    quality(["wide", "wider", "broad", "spacious", "narrow"]),
];

/// Plain adjectives that suit most things.
pub const COLOURS: &[&str] = &["black", "blue", "brown", "green", "grey", "orange", "purple", "red", "white", "yellow"];

/// Ways of doing something.
pub const MANNERS: &[&str] =
    &["badly", "calmly", "carefully", "happily", "loudly", "neatly", "proudly", "quickly", "quietly", "slowly"];
