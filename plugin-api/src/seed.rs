//! Seeds derived from names, so that every random choice follows from the experiment's seed.

use crate::rng::mix;

/// The seed that belongs to these parts, such as an experiment's seed, a plugin's id and a task's name.
///
/// Frozen like [`Rng`](crate::Rng). FNV-1a in 64 bits over each part's UTF-8 bytes, preceded by their number as eight
/// little-endian bytes, so that `["ab", "c"]` and `["a", "bc"]` differ; then the finishing step of SplitMix64, so that
/// names that differ in one letter have unrelated seeds:
///
/// ```text
/// hash = 0xCBF29CE484222325
/// for every part, for every byte of (length of the part as 8 little-endian bytes, then the part):
///     hash = (hash ^ byte) * 0x100000001B3
/// seed = mix(hash)                                (the last four lines of SplitMix64, see Rng)
/// ```
///
/// ```
/// use placebo_plugin_api::seed_of;
/// assert_eq!(seed_of(&["1", "examples.delusive", "task001"]), seed_of(&["1", "examples.delusive", "task001"]));
/// assert_ne!(seed_of(&["1", "examples.delusive", "task001"]), seed_of(&["2", "examples.delusive", "task001"]));
/// ```
pub fn seed_of(parts: &[&str]) -> u64 {
    mix(parts.iter().fold(0xCBF2_9CE4_8422_2325, |hash, part| {
        let hash = fnv1a(hash, &(part.len() as u64).to_le_bytes());
        fnv1a(hash, part.as_bytes())
    }))
}

fn fnv1a(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::{fnv1a, seed_of};

    /// From the test vectors of the FNV authors.
    #[test]
    fn fnv_is_the_published_one() {
        assert_eq!(fnv1a(0xCBF2_9CE4_8422_2325, b""), 0xCBF2_9CE4_8422_2325);
        assert_eq!(fnv1a(0xCBF2_9CE4_8422_2325, b"foobar"), 0x8594_4171_F739_67E8);
    }

    /// From a Python transcription of the documentation above.
    #[test]
    fn seeds_are_frozen() {
        assert_eq!(seed_of(&[]), 17_665_956_581_633_026_203);
        assert_eq!(seed_of(&["1", "plugin", "task"]), 16_991_392_172_717_734_436);
        assert_eq!(seed_of(&["é"]), 4_478_762_649_171_719_007);
    }

    #[test]
    fn where_a_part_ends_matters() {
        assert_ne!(seed_of(&["ab", "c"]), seed_of(&["a", "bc"]));
        assert_ne!(seed_of(&["a"]), seed_of(&["a", ""]));
    }
}
