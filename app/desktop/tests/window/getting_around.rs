//! The first page, navigation, shortcuts, the palette, notices.

use crate::fixture::Window;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use placebo_desktop::{Command, Page};

#[test]
fn the_first_page_offers_three_beginnings() {
    let window = Window::new();
    for label in ["Run the sample experiment", "New experiment", "Open results…"] {
        assert!(window.harness.query_by_label(label).is_some(), "{label}");
    }
    window.expect("stand here the next time");
}

#[test]
fn every_page_can_be_reached_and_an_empty_one_says_what_to_do() {
    let mut window = Window::new();
    let pages = [
        ("Experiment", "no tasks yet"),
        ("Tasks", "No task collection yet"),
        ("Runs", "No results open"),
        ("Compare", "Nothing to compare yet"),
        ("Answers", "No answers yet"),
        ("Plugins", "definition.simplified"),
        ("Start", "Controlled trials"),
    ];
    for (label, words) in pages {
        window.press(label);
        window.expect(words);
    }
}

#[test]
fn shortcuts_reach_what_menus_list() {
    let mut window = Window::new();
    for (key, page) in [(Key::Num4, Page::Runs), (Key::Num7, Page::Plugins), (Key::N, Page::Experiment)] {
        window.harness.key_press_modifiers(Modifiers::COMMAND, key);
        window.settle();
        assert_eq!(window.harness.state().state().page, page);
    }
}

#[test]
fn the_palette_finds_a_command_by_its_words() {
    let mut window = Window::new();
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.settle();
    window.harness.get_by_label("Search commands").type_text("dark");
    window.settle();
    window.harness.key_press(Key::Enter);
    window.settle();
    assert_eq!(serde_json::to_value(window.harness.state().state().settings.theme).unwrap(), "dark");
    assert!(window.harness.query_by_label("Search commands").is_none(), "the palette is closed");
}

#[test]
fn a_path_that_is_nothing_is_told_until_it_is_dismissed() {
    let mut window = Window::after(Command::Open("/no/such/place".into()));
    window.expect("There is no such file or folder any more: /no/such/place");
    let page = window.harness.get_by_label("Run the sample experiment").rect();
    assert!(page.top() < 400.0, "a notice takes as much room as its words: {page:?}");
    window.press("Dismiss");
    assert!(!window.shows("/no/such/place"));
}

#[test]
fn larger_and_smaller_are_remembered() {
    let mut window = Window::new();
    window.ask(Command::ZoomIn);
    window.ask(Command::ZoomIn);
    assert!((window.harness.state().state().settings.scale - 1.2).abs() < 1e-6);
    window.ask(Command::ZoomReset);
    assert!((window.harness.state().state().settings.scale - 1.0).abs() < 1e-6);
}
