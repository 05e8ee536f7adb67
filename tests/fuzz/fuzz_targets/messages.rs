//! What a host and a plugin read of each other: any bytes are refused or understood, and what is understood survives being
//! written and read again, is judged, and is answered without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use placebo_plugin_api::{
    Descriptor, Metric, Part, PluginError, Plugins, Request, Response, Scale, ScoreItem, Settings, Transform,
    TransformItem, Transformed, text,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Looks at all that an author may look at, and leaves it as it is.
struct Looks;

impl Transform for Looks {
    fn descriptor(&self) -> Descriptor {
        Descriptor::transform("looks", "Looks at everything", &[Part::Definition])
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        let task = &item.instruction;
        let definition = &task.definition;
        let pieces = text::pieces(definition, &task.protected(definition));
        let joined: String = pieces.iter().map(|piece| piece.text).collect();
        assert_eq!(joined, *definition);
        assert_eq!(text::sentences(definition).concat(), *definition);
        task.label_texts();
        Ok(Transformed::new(item.instruction))
    }
}

impl Metric for Looks {
    fn descriptor(&self) -> Descriptor {
        Descriptor::metric("counts", "Counts references", Scale::percent())
    }

    fn score(&self, item: &ScoreItem, _: &Settings) -> Result<f64, PluginError> {
        Ok(item.references.len() as f64)
    }
}

static PLUGINS: Plugins = Plugins { version: "1", transforms: &[&Looks], metrics: &[&Looks] };

fn survives<T: Serialize + DeserializeOwned>(message: &T) {
    let written = serde_json::to_vec(message).expect("a message that was read can be written");
    let again: T = serde_json::from_slice(&written).expect("a message that was written can be read");
    assert_eq!(serde_json::to_vec(&again).expect("it could be before"), written);
}

fn judge(response: &Response) {
    if let Response::Described(descriptors) = response {
        for descriptor in descriptors {
            descriptor.problems();
            let _ = descriptor.resolve(&Settings::default());
            let examples = descriptor.examples.iter();
            examples.for_each(|example| drop(descriptor.resolve(&example.settings)));
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    if let Ok(request) = serde_json::from_slice::<Request>(bytes) {
        survives(&request);
        survives(&PLUGINS.answer(request));
    }
    if let Ok(response) = serde_json::from_slice::<Response>(bytes) {
        survives(&response);
        judge(&response);
    }
});
