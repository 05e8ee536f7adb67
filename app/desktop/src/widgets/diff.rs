//! A prompt beside the original: words that a transform put in or took out, label words marked.

use crate::state::Prompt;
use crate::theme::colours;
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Stroke, TextStyle, Ui};
use similar::ChangeTag;

/// Draws the prompt as one text that can be selected.
pub fn prompt(ui: &mut Ui, prompt: &Prompt) {
    let colours = colours(ui);
    let font = TextStyle::Monospace.resolve(ui.style());
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    for (tag, text) in &prompt.pieces {
        let plain = format(font.clone(), colours.text);
        match tag {
            ChangeTag::Equal => marked(&mut job, text, &prompt.labels, &plain, colours.marked),
            ChangeTag::Insert => job.append(text, 0.0, TextFormat { background: colours.added, ..plain }),
            ChangeTag::Delete => {
                let gone = TextFormat {
                    background: colours.removed,
                    strikethrough: Stroke::new(1.0, colours.weak),
                    color: colours.weak,
                    ..plain
                };
                job.append(text, 0.0, gone);
            }
        }
    }
    ui.add(egui::Label::new(job).selectable(true));
}

fn format(font_id: FontId, color: Color32) -> TextFormat {
    TextFormat { font_id, color, line_height: Some(20.0), ..TextFormat::default() }
}

/// Appends text with the labels that stand in it as words of their own marked.
fn marked(job: &mut LayoutJob, text: &str, labels: &[String], plain: &TextFormat, ground: Color32) {
    let mut rest = text;
    while let Some((at, length)) = first_label(rest, labels) {
        job.append(&rest[..at], 0.0, plain.clone());
        job.append(&rest[at..at + length], 0.0, TextFormat { background: ground, ..plain.clone() });
        rest = &rest[at + length..];
    }
    job.append(rest, 0.0, plain.clone());
}

/// Where the first label begins and how long it is; of several at one place, the longest.
fn first_label(text: &str, labels: &[String]) -> Option<(usize, usize)> {
    let found = labels.iter().filter(|label| !label.trim().is_empty()).filter_map(|label| {
        let mut places = text.match_indices(label.as_str()).map(|(at, _)| at);
        places.find(|at| stands_alone(text, *at, label.len())).map(|at| (at, label.len()))
    });
    found.min_by_key(|(at, length)| (*at, usize::MAX - length))
}

fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + length..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_as_words_and_the_longest_wins() {
        let labels = ["no".to_owned(), "no idea".to_owned(), "yes".to_owned()];
        assert_eq!(first_label("I know: yes", &labels), Some((8, 3)));
        assert_eq!(first_label("say no idea", &labels), Some((4, 7)));
        assert_eq!(first_label("nothing", &labels), None);
    }
}
