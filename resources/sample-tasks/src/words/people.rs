//! People with the pronouns that stand for them, and what they do for a living.

/// A person of a story.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Person {
    pub name: &'static str,
    /// `she` or `he`.
    pub subject: &'static str,
    /// `her` or `him`.
    pub object: &'static str,
    /// `her` or `his`.
    pub possessive: &'static str,
}

const fn she(name: &'static str) -> Person {
    Person { name, subject: "she", object: "her", possessive: "her" }
}

const fn he(name: &'static str) -> Person {
    Person { name, subject: "he", object: "him", possessive: "his" }
}

pub const WOMEN: &[Person] = &[
    she("Anna"),
    she("Clara"),
    she("Ella"),
    she("Hana"),
    she("Iris"),
    she("Judy"),
    she("Lena"),
    she("Maya"),
    she("Nora"),
    she("Rosa"),
    she("Ruth"),
    she("Zoe"),
];

pub const MEN: &[Person] = &[
    he("Adam"),
    he("Ben"),
    he("Felix"),
    he("Hugo"),
    he("Ivan"),
    he("Karl"),
    he("Leo"),
    he("Max"),
    he("Noah"),
    he("Omar"),
    he("Paul"),
    he("Tom"),
];

/// Everybody, women first.
pub const PEOPLE: [Person; 24] = {
    let mut people = [WOMEN[0]; 24];
    let mut index = 0;
    while index < 12 {
        people[index] = WOMEN[index];
        people[12 + index] = MEN[index];
        index += 1;
    }
    people
};

pub const SURNAMES: &[&str] =
    &["Bell", "Carter", "Dean", "Frost", "Green", "Hill", "Lane", "Moss", "Novak", "Price", "Stone", "Wood"];

pub const PROFESSIONS: &[&str] = &[
    "baker", "dentist", "doctor", "driver", "farmer", "gardener", "lawyer", "nurse", "painter", "pilot", "plumber",
    "sailor", "singer", "tailor", "teacher", "waiter",
];
