//! English for reports: counts, lists and names as a person would write them.

/// `1 task`, `1,800 tasks`, `0 tasks`.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// Digits in groups of three.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A p-value as papers print it, `< 0.0001` where it is smaller; CSV and JSON keep its digits.
pub(crate) fn p_value(p: f64) -> String {
    if p < 1e-4 { "< 0.0001".to_owned() } else { p.to_string() }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [others @ .., last] => {
            let others: Vec<_> = others.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", others.join(", "), last.as_ref())
        }
    }
}

/// The text with a capital letter first.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What readers call a metric; one that is not ours goes by its id.
pub(crate) fn metric(id: &str) -> &str {
    match id {
        "exact-match" => "exact match",
        "exact-match-strict" => "strict exact match",
        "format-correctness" => "format correctness",
        "rouge-1" => "ROUGE-1",
        "rouge-l" => "ROUGE-L",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_and_many_are_told_apart() {
        let counts = [0, 1, 2, 1800, 1234567].map(|number| count(number, "task", "tasks"));
        assert_eq!(counts, ["0 tasks", "1 task", "2 tasks", "1,800 tasks", "1,234,567 tasks"]);
    }

    #[test]
    fn lists_of_every_length_read_well() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn a_capital_comes_first_in_any_alphabet() {
        assert_eq!(capitalised("élan vital"), "Élan vital");
        assert_eq!(capitalised(""), "");
    }
}
