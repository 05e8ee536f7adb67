//! The frozen random number generator, so that a seed means the same numbers for ever.

/// SplitMix64: the generator of every random choice in an experiment.
///
/// Its numbers are frozen: no version of this crate will ever give others for the same seed, on any machine.
/// The algorithm (Steele, Lea & Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014), all in 64 bits
/// with wrapping arithmetic, for whoever writes a plugin in another language:
///
/// ```text
/// state  = state + 0x9E3779B97F4A7C15          (the state begins as the seed)
/// z      = state
/// z      = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9
/// z      = (z ^ (z >> 27)) * 0x94D049BB133111EB
/// number = z ^ (z >> 31)
/// ```
///
/// ```
/// use placebo_plugin_api::Rng;
/// let mut rng = Rng::from_seed(7);
/// let mut words = ["one", "two", "three"];
/// rng.shuffle(&mut words);
/// assert_eq!(words, ["three", "one", "two"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rng {
    state: u64,
}

impl Rng {
    /// The generator of this seed.
    pub fn from_seed(seed: u64) -> Rng {
        Rng { state: seed }
    }

    /// The seed of a generator that goes on where this one is now, to be kept in a checkpoint.
    pub fn state(&self) -> u64 {
        self.state
    }

    /// The next number, uniform over all 64-bit numbers.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.state)
    }

    /// A number from 0 to `n - 1`, all equally likely: the upper half of the 128-bit product of the next number and
    /// `n`, drawn again while the lower half is less than 2⁶⁴ mod `n` (Lemire, 2019).
    ///
    /// # Panics
    /// If `n` is 0: there is nothing to choose from.
    pub fn below(&mut self, n: usize) -> usize {
        assert!(n > 0, "cannot draw a number below 0");
        let n = n as u64;
        let rejected = n.wrapping_neg() % n;
        loop {
            let product = u128::from(self.next_u64()) * u128::from(n);
            if product as u64 >= rejected {
                return (product >> 64) as usize;
            }
        }
    }

    /// A number from 0 to just under 1: the upper 53 bits of the next number, times 2⁻⁵³.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Puts the items into a random order, all equally likely: from the last item down to the second, each changes
    /// places with the item at [`below`](Rng::below) its own position plus one (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// One of the items, all equally likely, or `None` if there are none (and then no number is drawn).
    pub fn choose<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        if items.is_empty() { None } else { items.get(self.below(items.len())) }
    }
}

/// The finishing step of SplitMix64, which spreads every bit over all the others.
pub(crate) fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::Rng;

    /// From a Python transcription of the paper, and for seed 1234567 from the published reference output.
    #[test]
    fn numbers_are_frozen() {
        let drawn = |seed| {
            let mut rng = Rng::from_seed(seed);
            [rng.next_u64(), rng.next_u64(), rng.next_u64()]
        };
        assert_eq!(drawn(0), [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F]);
        assert_eq!(drawn(1_234_567), [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn derived_draws_are_frozen() {
        let mut rng = Rng::from_seed(42);
        let drawn: Vec<usize> = [2, 3, 10, 1000, 1 << 40].into_iter().map(|n| rng.below(n)).collect();
        let mut order: Vec<usize> = (0..8).collect();
        rng.shuffle(&mut order);
        assert_eq!(drawn, [1, 0, 2, 344, 41_814_612_516]);
        assert_eq!(order, [5, 3, 0, 2, 7, 4, 1, 6]);
        assert_eq!(rng.unit(), 0.513_396_116_322_149_4);
        assert_eq!(rng.choose(&["a", "b", "c"]), Some(&"b"));
    }

    #[test]
    fn rejection_keeps_large_bounds_uniform() {
        let n = 3 << 62; // a bound that plain multiplication would serve unevenly: 2⁶⁴ mod n = n / 3
        let mut rng = Rng::from_seed(1);
        let low = (0..30_000).filter(|_| rng.below(n) < n / 3).count();
        assert!((9_700..10_300).contains(&low), "{low} of 30000 in the lowest third");
    }

    #[test]
    fn a_kept_state_goes_on() {
        let mut rng = Rng::from_seed(9);
        rng.next_u64();
        let mut resumed = Rng::from_seed(rng.state());
        assert_eq!(rng.next_u64(), resumed.next_u64());
    }

    #[test]
    fn nothing_to_choose_draws_nothing() {
        let mut rng = Rng::from_seed(9);
        assert_eq!(rng.choose::<u8>(&[]), None);
        assert_eq!(rng.state(), 9);
    }
}
