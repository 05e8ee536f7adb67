//! The known name that somebody may have meant by an unknown one.

/// The known name that takes the fewest edits to become `name`; of several, the first.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    known.into_iter().min_by_key(|known| strsim::damerau_levenshtein(name, known)).map(str::to_owned)
}

/// What a message says of it: `, the nearest is …`, or nothing.
pub(crate) fn suggestion(nearest: Option<&str>) -> String {
    nearest.map(|name| format!(", the nearest is `{name}`")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn swapped_letters_are_near_and_the_first_of_equals_is_taken() {
        assert_eq!(nearest("sedes", ["name", "seeds", "sides"]).as_deref(), Some("seeds"));
        assert_eq!(nearest("rouge", ["rouge-l", "rouge-1"]).as_deref(), Some("rouge-l"));
        assert_eq!(nearest("x", []), None);
    }
}
