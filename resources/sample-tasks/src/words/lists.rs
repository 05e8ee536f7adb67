//! Plain word lists: places, food, dates, numbers in words, and nouns for word games.

pub const CITIES: &[&str] = &[
    "Athens", "Bern", "Boston", "Cairo", "Delhi", "Dublin", "Havana", "Kyoto", "Lagos", "Lima", "Nairobi", "Oslo",
    "Paris", "Porto", "Prague", "Quito", "Rome", "Seoul", "Sofia", "Vienna",
];

pub const VENUES: &[&str] = &[
    "bakery", "bank", "castle", "garden", "harbour", "hospital", "hotel", "library", "market", "museum", "park",
    "school", "station", "theatre", "zoo",
];

pub const ROOMS: &[&str] =
    &["attic", "bathroom", "bedroom", "cellar", "garage", "hall", "kitchen", "office", "garden", "studio"];

pub const FOODS: &[&str] =
    &["bread", "cheese", "curry", "fish", "noodles", "pasta", "pizza", "rice", "salad", "soup", "stew", "tea"];

/// A month with its number of days in an ordinary year.
pub const MONTHS: &[(&str, usize)] = &[
    ("January", 31),
    ("February", 28),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
];

pub const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub const EVENTS: &[&str] = &[
    "concert", "course", "exam", "fair", "festival", "lecture", "meeting", "party", "picnic", "race", "trip", "wedding",
];

/// Nouns for word games, of which at most four share an initial.
pub const WORDS: &[&str] = &[
    "apple", "arrow", "basket", "beach", "bridge", "butter", "candle", "carpet", "cloud", "desert", "dragon", "engine",
    "feather", "forest", "guitar", "hammer", "island", "jacket", "kettle", "ladder", "lemon", "magnet", "meadow",
    "mirror", "needle", "ocean", "orchard", "pencil", "pepper", "planet", "pocket", "ribbon", "river", "rocket",
    "saddle", "silver", "spider", "table", "temple", "tower", "tunnel", "valley", "violin", "window", "winter",
];

/// Groups of words that end in the same three letters.
pub const RHYMES: &[&[&str]] = &[
    &["light", "night", "right", "sight"],
    &["bring", "spring", "string", "swing"],
    &["cable", "fable", "stable", "table"],
    &["cold", "gold", "hold", "told"],
    &["ground", "pound", "round", "sound"],
    &["chain", "plain", "rain", "train"],
    &["bread", "dread", "spread", "thread"],
    &["clock", "knock", "rock", "sock"],
    &["cake", "lake", "snake", "wake"],
    &["follow", "hollow", "pillow", "yellow"],
];

const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: &[&str] = &["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number below one thousand in words, as in `three hundred and forty-two`.
pub fn in_words(number: usize) -> String {
    match number {
        0..20 => UNITS[number].to_owned(),
        20..100 if number.is_multiple_of(10) => TENS[number / 10].to_owned(),
        20..100 => format!("{}-{}", TENS[number / 10], UNITS[number % 10]),
        _ if number.is_multiple_of(100) => format!("{} hundred", UNITS[number / 100]),
        _ => format!("{} hundred and {}", UNITS[number / 100], in_words(number % 100)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(in_words(7), "seven");
        assert_eq!(in_words(40), "forty");
        assert_eq!(in_words(342), "three hundred and forty-two");
        assert_eq!(in_words(900), "nine hundred");
    }

    #[test]
    fn few_words_share_an_initial() {
        for word in WORDS {
            assert!(WORDS.iter().filter(|other| other[..1] == word[..1]).count() <= 4, "{word}");
        }
    }

    #[test]
    fn rhymes_share_three_letters() {
        for group in RHYMES {
            let ending = |word: &'static str| &word[word.len() - 3..];
            let shared = group.iter().filter(|word| ending(word) == ending(group[0])).count();
            assert_eq!(shared, group.len(), "{group:?}");
        }
    }
}
