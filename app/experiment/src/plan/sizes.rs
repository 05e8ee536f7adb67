//! Sizes in a plan: a single number, or a list of numbers that is an axis of the grid.

use std::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserializer, Serialize, Serializer};

/// Writes a single size as a number and several as a list.
pub(super) fn serialize<S: Serializer>(sizes: &[usize], serializer: S) -> Result<S::Ok, S::Error> {
    match sizes {
        [size] => size.serialize(serializer),
        sizes => sizes.serialize(serializer),
    }
}

/// Reads a number or a list of numbers.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<usize>, D::Error> {
    deserializer.deserialize_any(Sizes)
}

struct Sizes;

impl<'de> Visitor<'de> for Sizes {
    type Value = Vec<usize>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a whole number or a list of whole numbers")
    }

    fn visit_i64<E: Error>(self, size: i64) -> Result<Self::Value, E> {
        usize::try_from(size).map(|size| vec![size]).map_err(|_| E::custom(format!("{size} is below 0")))
    }

    fn visit_u64<E: Error>(self, size: u64) -> Result<Self::Value, E> {
        usize::try_from(size).map(|size| vec![size]).map_err(|_| E::custom(format!("{size} is too large")))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut sizes = Vec::new();
        while let Some(size) = list.next_element()? {
            sizes.push(size);
        }
        Ok(sizes)
    }
}
