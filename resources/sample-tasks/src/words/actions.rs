//! Verbs with all their forms, alone and with the things they are done to.

/// The forms of a verb.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verb {
    pub base: &'static str,
    pub third: &'static str,
    pub past: &'static str,
    pub participle: &'static str,
    pub gerund: &'static str,
}

/// A verb and objects that make sense with it, each to follow `the`.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    pub verb: Verb,
    pub objects: &'static [&'static str],
}

const fn verb(forms: [&'static str; 5]) -> Verb {
    let [base, third, past, participle, gerund] = forms;
    Verb { base, third, past, participle, gerund }
}

const fn action(forms: [&'static str; 5], objects: &'static [&'static str]) -> Action {
    Action { verb: verb(forms), objects }
}

/// What people do to things.
pub const ACTIONS: &[Action] = &[
    action(["bake", "bakes", "baked", "baked", "baking"], &["cake", "bread", "pie"]),
    action(["break", "breaks", "broke", "broken", "breaking"], &["cup", "window", "lamp"]),
    action(["build", "builds", "built", "built", "building"], &["wall", "boat", "shed"]),
    action(["buy", "buys", "bought", "bought", "buying"], &["lamp", "coat", "book"]),
    action(["carry", "carries", "carried", "carried", "carrying"], &["box", "ladder", "bag"]),
    action(["clean", "cleans", "cleaned", "cleaned", "cleaning"], &["kitchen", "window", "car"]),
    action(["cook", "cooks", "cooked", "cooked", "cooking"], &["soup", "rice", "fish"]),
    action(["draw", "draws", "drew", "drawn", "drawing"], &["map", "horse", "house"]),
    action(["find", "finds", "found", "found", "finding"], &["key", "coin", "ring"]),
    action(["hide", "hides", "hid", "hidden", "hiding"], &["gift", "letter", "key"]),
    action(["open", "opens", "opened", "opened", "opening"], &["door", "box", "bottle"]),
    action(["paint", "paints", "painted", "painted", "painting"], &["fence", "wall", "chair"]),
    action(["plant", "plants", "planted", "planted", "planting"], &["tree", "rose", "bush"]),
    action(["repair", "repairs", "repaired", "repaired", "repairing"], &["bike", "roof", "clock"]),
    action(["sell", "sells", "sold", "sold", "selling"], &["boat", "house", "piano"]),
    action(["sing", "sings", "sang", "sung", "singing"], &["song", "anthem", "tune"]),
    action(["lock", "locks", "locked", "locked", "locking"], &["door", "garage", "safe"]),
    action(["wash", "washes", "washed", "washed", "washing"], &["car", "shirt", "dog"]),
    action(["write", "writes", "wrote", "written", "writing"], &["letter", "poem", "report"]),
];

/// What people and animals do by themselves.
pub const HABITS: &[Verb] = &[
    verb(["dance", "dances", "danced", "danced", "dancing"]),
    verb(["dream", "dreams", "dreamed", "dreamed", "dreaming"]),
    verb(["eat", "eats", "ate", "eaten", "eating"]),
    verb(["fall", "falls", "fell", "fallen", "falling"]),
    verb(["jump", "jumps", "jumped", "jumped", "jumping"]),
    verb(["play", "plays", "played", "played", "playing"]),
    verb(["rest", "rests", "rested", "rested", "resting"]),
    verb(["run", "runs", "ran", "run", "running"]),
    verb(["sleep", "sleeps", "slept", "slept", "sleeping"]),
    verb(["swim", "swims", "swam", "swum", "swimming"]),
    verb(["wait", "waits", "waited", "waited", "waiting"]),
    verb(["walk", "walks", "walked", "walked", "walking"]),
];
