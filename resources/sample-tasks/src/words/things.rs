//! Nouns: things one can hold, animals by class, and nouns with irregular plurals.

/// A noun in the singular and the plural.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Noun {
    pub one: &'static str,
    pub many: &'static str,
}

const fn noun(one: &'static str, many: &'static str) -> Noun {
    Noun { one, many }
}

/// Things that fit into a bag, all with regular plurals.
pub const THINGS: &[Noun] = &[
    noun("apple", "apples"),
    noun("ball", "balls"),
    noun("bell", "bells"),
    noun("book", "books"),
    noun("bottle", "bottles"),
    noun("candle", "candles"),
    noun("coin", "coins"),
    noun("cup", "cups"),
    noun("drum", "drums"),
    noun("hammer", "hammers"),
    noun("hat", "hats"),
    noun("key", "keys"),
    noun("kite", "kites"),
    noun("lamp", "lamps"),
    noun("map", "maps"),
    noun("mirror", "mirrors"),
    noun("pen", "pens"),
    noun("ring", "rings"),
    noun("rope", "ropes"),
    noun("spoon", "spoons"),
    noun("ticket", "tickets"),
    noun("towel", "towels"),
];

/// Nouns whose plural takes more than an `s`.
pub const TRICKY_PLURALS: &[Noun] = &[
    noun("baby", "babies"),
    noun("berry", "berries"),
    noun("box", "boxes"),
    noun("brush", "brushes"),
    noun("bus", "buses"),
    noun("child", "children"),
    noun("city", "cities"),
    noun("dish", "dishes"),
    noun("fox", "foxes"),
    noun("goose", "geese"),
    noun("knife", "knives"),
    noun("leaf", "leaves"),
    noun("mouse", "mice"),
    noun("pony", "ponies"),
    noun("potato", "potatoes"),
    noun("puppy", "puppies"),
    noun("shelf", "shelves"),
    noun("story", "stories"),
    noun("tomato", "tomatoes"),
    noun("tooth", "teeth"),
    noun("watch", "watches"),
    noun("wolf", "wolves"),
];

/// Animals with regular plurals, as subjects of a sentence.
pub const ANIMALS: &[Noun] = &[
    noun("bear", "bears"),
    noun("bird", "birds"),
    noun("cat", "cats"),
    noun("cow", "cows"),
    noun("dog", "dogs"),
    noun("duck", "ducks"),
    noun("frog", "frogs"),
    noun("goat", "goats"),
    noun("horse", "horses"),
    noun("lion", "lions"),
    noun("monkey", "monkeys"),
    noun("owl", "owls"),
    noun("rabbit", "rabbits"),
    noun("tiger", "tigers"),
    noun("turtle", "turtles"),
];

/// Animals of the four classes that most people can tell apart.
pub const ANIMAL_CLASSES: &[(&str, &[&str])] = &[
    ("mammal", &["bear", "camel", "cat", "cow", "dolphin", "fox", "goat", "horse", "lion", "mouse", "rabbit", "whale"]),
    (
        "bird",
        &["crow", "duck", "eagle", "goose", "gull", "hawk", "owl", "parrot", "penguin", "robin", "sparrow", "swan"],
    ),
    ("fish", &["carp", "cod", "eel", "herring", "pike", "salmon", "sardine", "shark", "trout", "tuna"]),
    (
        "insect",
        &["ant", "bee", "beetle", "butterfly", "cricket", "dragonfly", "fly", "ladybird", "mosquito", "moth", "wasp"],
    ),
];

/// Things of the world from small to large, each far larger than the one before.
pub const BY_SIZE: &[&str] = &[
    "grain of sand",
    "grain of rice",
    "pea",
    "grape",
    "plum",
    "orange",
    "melon",
    "chair",
    "piano",
    "bus",
    "church",
    "mountain",
    "planet",
];
