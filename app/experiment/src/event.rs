//! Events: what a run says while it goes on, one JSON line of its journal each.

use serde::{Deserialize, Deserializer, Serialize};

/// One thing that happened in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// A process took the run up, for the first time or again.
    Started {
        /// The program's version.
        version: String,
        /// The device in words.
        device: String,
        /// The machine's name.
        host: String,
        /// The process.
        pid: u32,
        /// The optimizer step it goes on from, 0 for a fresh start.
        step: usize,
    },
    /// One optimizer step is done.
    Step {
        /// Steps done, from 1.
        step: usize,
        /// Steps there will be.
        steps: usize,
        /// Passes over the data so far.
        epoch: f64,
        /// Mean cross-entropy per target token, in nats; NaN where training diverged.
        #[serde(deserialize_with = "number_or_nan")]
        loss: f64,
        /// The learning rate of this step.
        learning_rate: f64,
        /// The gradient's norm before clipping.
        #[serde(deserialize_with = "number_or_nan")]
        gradient_norm: f64,
        /// Real tokens, source and target, per second.
        tokens_per_s: f64,
        /// Training instances per second.
        examples_per_s: f64,
    },
    /// The validation instances were evaluated.
    Evaluated {
        /// Steps done.
        step: usize,
        /// Mean cross-entropy per target token, in nats.
        #[serde(deserialize_with = "number_or_nan")]
        loss: f64,
        /// Whether no earlier evaluation was better.
        best: bool,
    },
    /// Answers are being generated.
    Generating {
        /// Answers there are.
        done: usize,
        /// Answers there will be.
        total: usize,
    },
    /// Something that the reader of the result should know.
    Warning {
        /// What.
        message: String,
    },
    /// The run is done and its scores are written.
    Finished {
        /// Wall-clock seconds of the last start.
        seconds: f64,
    },
    /// The run saved itself and ended because it was asked to.
    Stopped {
        /// Steps done.
        step: usize,
    },
    /// The run ended by an error.
    Failed {
        /// The error and its causes.
        message: String,
    },
}

impl Event {
    /// Whether the event comes so often that the journal may leave some out.
    pub fn is_frequent(&self) -> bool {
        matches!(self, Event::Step { .. } | Event::Generating { .. })
    }

    /// Whether the event decides where a run stands that nobody holds: a start, a stop or a failure.
    pub fn is_turn(&self) -> bool {
        matches!(self, Event::Started { .. }) || self.is_unfinished_end()
    }

    /// Whether the process that wrote the event ended in an orderly way without finishing the run.
    pub fn is_unfinished_end(&self) -> bool {
        matches!(self, Event::Stopped { .. } | Event::Failed { .. })
    }
}

/// JSON knows no NaN; serde_json writes `null`, which reads back as NaN.
fn number_or_nan<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or(f64::NAN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diverged_step_survives_the_journal() {
        let event = Event::Evaluated { step: 3, loss: f64::NAN, best: false };
        let line = serde_json::to_string(&event).unwrap();
        assert_eq!(line, r#"{"event":"evaluated","step":3,"loss":null,"best":false}"#);
        let Event::Evaluated { loss, .. } = serde_json::from_str(&line).unwrap() else {
            panic!("another event came back from {line}");
        };
        assert!(loss.is_nan());
    }
}
