//! Which bucket of the relative bias a distance falls into.

/// How distances are sorted into buckets: exactly while they are short, then by logarithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Buckets {
    pub count: usize,
    pub max_distance: usize,
    /// Encoder: keys before and after the query have buckets of their own. Decoder: all later keys share bucket 0.
    pub bidirectional: bool,
}

impl Buckets {
    /// Bucket of the key that stands `distance` after the query, negative before it
    /// (`T5Attention._relative_position_bucket`, in f32 as there).
    pub fn of(self, distance: isize) -> usize {
        let (count, first) = match (self.bidirectional, distance > 0) {
            (true, later) => (self.count / 2, if later { self.count / 2 } else { 0 }),
            (false, true) => return 0,
            (false, false) => (self.count, 0),
        };
        let (distance, exact) = (distance.unsigned_abs(), count / 2);
        if distance < exact {
            return first + distance;
        }
        let share = (distance as f32 / exact as f32).ln() / (self.max_distance as f32 / exact as f32).ln();
        let large = exact + (share * (count - exact) as f32) as usize;
        first + large.min(count - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First distance of each bucket, as transformers 5.23 computes them for 32 buckets up to distance 128.
    fn firsts(buckets: Buckets, sign: isize) -> Vec<isize> {
        (1..400).filter(|d| buckets.of(sign * d) != buckets.of(sign * (d - 1))).collect()
    }

    #[test]
    fn bounds_are_those_of_transformers() {
        let encoder = Buckets { count: 32, max_distance: 128, bidirectional: true };
        assert_eq!(firsts(encoder, -1), [1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 23, 32, 46, 64, 91]);
        assert_eq!((encoder.of(0), encoder.of(-1), encoder.of(1), encoder.of(1000)), (0, 1, 17, 31));
        let decoder = Buckets { bidirectional: false, ..encoder };
        assert_eq!(
            firsts(decoder, -1),
            [
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 19, 21, 24, 27, 31, 35, 40, 46, 52, 59, 67, 77,
                87, 99, 113
            ]
        );
        assert_eq!((decoder.of(5), decoder.of(-127)), (0, 31));
    }
}
