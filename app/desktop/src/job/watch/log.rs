//! Events as sentences, for the log.

use placebo_experiment::event::Event;

/// What an event says, and whether it is grave; frequent ones say nothing.
pub(super) fn sentence(event: &Event) -> Option<(String, bool)> {
    let said = match event {
        Event::Started { device, host, pid, step: 0, .. } => format!("started on {device}, process {pid} on {host}"),
        Event::Started { device, host, pid, step, .. } => {
            format!("resumed from step {step} on {device}, process {pid} on {host}")
        }
        Event::Evaluated { step, loss, best } => {
            let best = if *best { ", the best so far" } else { "" };
            format!("validation loss {loss:.4} at step {step}{best}")
        }
        Event::Warning { message } => return Some((message.clone(), true)),
        Event::Finished { seconds } => format!("finished after {seconds:.0} s"),
        Event::Stopped { step } => format!("saved and stopped at step {step}"),
        Event::Failed { message } => return Some((format!("failed: {message}"), true)),
        Event::Step { .. } | Event::Generating { .. } => return None,
    };
    Some((said, false))
}
