//! Templates of a prompt's form, with what a task says filled in.

use placebo_plugin_api::PromptForm;

/// The template with each placeholder replaced by its value, stripped; where the form wants full stops, one follows a value
/// unless the text so far ends in ASCII punctuation. What a value says is never a placeholder.
pub(super) fn fill(form: &PromptForm, template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((before, name, value)) = next(rest, values) {
        filled += before;
        filled += strip(value);
        let ends = filled.ends_with(|last: char| last.is_ascii_punctuation());
        if form.full_stops && !UNSTOPPED.contains(&name) && !ends {
            filled.push('.');
        }
        rest = &rest[before.len() + name.len()..];
    }
    filled + rest
}

/// What stands within a line of the form's own.
const UNSTOPPED: [&str; 2] = ["{number}", "{task}"];

/// The first placeholder of a template: the text before it, its name and its value.
fn next<'t>(template: &'t str, values: &[(&'t str, &'t str)]) -> Option<(&'t str, &'t str, &'t str)> {
    let found = values.iter().filter_map(|(name, value)| Some((template.find(name)?, *name, *value)));
    found.min().map(|(at, name, value)| (&template[..at], name, value))
}

/// Python's `str.strip`, which knows four separators as white space that Unicode's property leaves out.
pub(super) fn strip(text: &str) -> &str {
    text.trim_matches(|character: char| character.is_whitespace() || ('\x1c'..='\x1f').contains(&character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, values: &[(&str, &str)]) -> String {
        fill(&PromptForm::default(), template, values)
    }

    #[test]
    fn punctuation_is_ascii_punctuation() {
        assert_eq!(filled("Input: {input}", &[("{input}", "a~")]), "Input: a~");
        assert_eq!(filled("Input: {input}", &[("{input}", "a。")]), "Input: a。.");
    }

    #[test]
    fn values_are_not_filled_in_themselves() {
        let values = [("{input}", " {output} "), ("{output}", "b"), ("{number}", "2")];
        assert_eq!(filled("{number}: {input}\n{output}{x}", &values), "2: {output}\nb.{x}");
    }

    #[test]
    fn a_form_may_want_no_full_stops() {
        let form = PromptForm { full_stops: false, ..PromptForm::default() };
        assert_eq!(fill(&form, "{input}!", &[("{input}", "")]), "!");
    }
}
