//! Values that go by a name on the command line.

use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Reads the name of one of these values.
pub fn one_of<T>(all: &'static [T], name: fn(T) -> &'static str) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    let names = all.iter().map(|value| name(*value));
    PossibleValuesParser::new(names).try_map(move |given| {
        let found = all.iter().copied().find(|value| name(*value) == given);
        found.ok_or("no such value")
    })
}
