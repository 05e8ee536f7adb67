//! Plugins that do wrong when asked: an error that names them, and the host goes on.

use placebo_plugin_api::{ScoreItem, Settings};

use crate::{item, misbehaving};

fn transform_error(id: &str) -> String {
    let items = vec![item("task001"), item("task002")];
    misbehaving().apply(id, &Settings::default(), items).unwrap_err().to_string()
}

fn score_error(id: &str) -> String {
    let item = ScoreItem {
        task: "task001".to_string(),
        instance: "task001-7".to_string(),
        prediction: "abc".to_string(),
        ..ScoreItem::default()
    };
    misbehaving().score(id, &Settings::default(), &[item]).unwrap_err().to_string()
}

#[test]
fn a_panic_names_the_plugin_and_the_next_call_works() {
    for _ in 0..3 {
        let error = transform_error("misbehaving.panics");
        assert!(error.starts_with("it panicked: index out of bounds: the len is 4 but the index is 10: "), "{error}");
        assert!(error.contains("plugin `misbehaving.panics` of `"), "{error}");
    }
    assert!(transform_error("misbehaving.fails").starts_with("the moon is not full: task `task001`: "));
}

#[test]
fn a_change_beyond_what_is_announced_is_an_error() {
    let error = transform_error("misbehaving.oversteps");
    assert!(error.starts_with("it changed the examples of task `task001`, which it does not announce: "), "{error}");
}

#[test]
fn an_answer_too_few_is_an_error() {
    let error = transform_error("misbehaving.forgets");
    assert!(error.starts_with("it answered 1 of 2 items: plugin `misbehaving.forgets`"), "{error}");
}

#[test]
fn what_is_no_number_is_an_error() {
    let error = score_error("misbehaving.immeasurable");
    assert!(error.starts_with("the score is NaN: instance `task001-7` of task `task001`: plugin"), "{error}");
}

#[test]
fn a_score_off_the_scale_is_an_error() {
    let error = score_error("misbehaving.off-scale");
    assert!(error.starts_with("103 is off its scale: instance `task001-7`: plugin `misbehaving.off-scale`"), "{error}");
}
