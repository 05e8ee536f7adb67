//! Settings as a plan gives them: completed, or refused with what would do.

use placebo_experiment::plugin::Registry;
use placebo_plugin_api::{Settings, Value};

use crate::{item, misbehaving};

/// The settings of the choosy plugin that are needed, and one more.
fn with(name: &str, value: Value) -> Settings {
    let here = std::env::current_exe().unwrap().display().to_string();
    let mut settings = Settings::from([("table", here.as_str().into())]);
    settings.0.insert(name.to_string(), value);
    settings
}

fn refusal(name: &str, value: impl Into<Value>) -> String {
    let error = misbehaving().resolve_settings("misbehaving.choosy", &with(name, value.into())).unwrap_err();
    error.to_string().replace(" of plugin `misbehaving.choosy`", "")
}

#[test]
fn defaults_are_filled_in_and_numbers_take_their_type() {
    let registry = misbehaving();
    let settings = with("share", Value::Integer(1));
    let resolved = registry.resolve_settings("misbehaving.choosy", &settings).unwrap();
    assert_eq!(resolved.get("share"), Some(&Value::Float(1.0)));
    assert_eq!(resolved.0.len(), 7);
    let results = registry.apply("misbehaving.choosy", &settings, vec![item("task001")]).unwrap();
    assert_eq!(results[0].notes, [r#"false 1 1 forward well ["well", "now"] true"#]);
}

#[test]
fn an_unknown_setting_is_answered_with_the_nearest() {
    let wanted = "no such setting (known: loud, times, share, order, word, words, table): \
                  setting `tiems`, the nearest is `times`";
    assert_eq!(refusal("tiems", 2), wanted);
    let none =
        Registry::discover().resolve_settings("definition.empty", &Settings::from([("k", 1.into())])).unwrap_err();
    assert_eq!(none.to_string(), "no such setting (known: none): setting `k` of plugin `definition.empty`");
}

#[test]
fn a_value_out_of_range_is_answered_with_the_range() {
    assert_eq!(refusal("times", 4), "4 is not a whole number from 1 to 3: setting `times`");
    assert_eq!(refusal("share", 1.5), "1.5 is not a number from 0.0 to 1.0: setting `share`");
    assert_eq!(refusal("share", f64::NAN), "NaN is not a number from 0.0 to 1.0: setting `share`");
    assert_eq!(refusal("order", "sideways"), "\"sideways\" is not one of forward, reverse: setting `order`");
}

#[test]
fn a_value_of_another_type_is_answered_with_the_right_one() {
    assert_eq!(refusal("loud", "yes"), "\"yes\" is not true or false: setting `loud`");
    assert_eq!(refusal("times", 1.5), "1.5 is not a whole number from 1 to 3: setting `times`");
    assert_eq!(refusal("words", "well"), "\"well\" is not a list of texts: setting `words`");
    assert_eq!(refusal("word", true), "true is not a text: setting `word`");
}

#[test]
fn a_file_must_be_given_and_be_there() {
    let registry = misbehaving();
    let resolve =
        |settings: &Settings| registry.resolve_settings("misbehaving.choosy", settings).unwrap_err().to_string();
    let missing = "a value is needed, the path of a file: setting `table` of plugin `misbehaving.choosy`";
    assert_eq!(resolve(&Settings::default()), missing);
    let absent = "no such file `/no/such/table`: setting `table` of plugin `misbehaving.choosy`";
    assert_eq!(resolve(&Settings::from([("table", "/no/such/table".into())])), absent);
}

#[test]
fn an_unknown_plugin_is_answered_with_the_nearest_of_its_kind() {
    let registry = Registry::discover();
    let error = registry.metric("exact-mach").unwrap_err().to_string();
    let wanted = "no such metric is loaded, the nearest is `exact-match`; `placebo plugins` lists what is: \
                  metric `exact-mach`";
    assert_eq!(error, wanted);
    let error = registry.transform("exact-match").unwrap_err().to_string();
    assert!(error.starts_with("no such transform is loaded, the nearest is `examples."), "{error}");
}

#[test]
fn without_plugins_there_is_no_nearest() {
    let error = Registry::default().metric("rouge-l").unwrap_err().to_string();
    assert_eq!(error, "no such metric is loaded; `placebo plugins` lists what is: metric `rouge-l`");
}
