//! Whether threads that ask at once hear the same.

use super::{Subject, answer_in_bytes};
use crate::{Descriptor, Plugins};

/// Threads that ask at once.
const THREADS: usize = 4;

/// The plugins that answer some thread otherwise than another.
pub fn disagreements(plugins: &Plugins) -> Vec<String> {
    let disagrees = |descriptor: &Descriptor| {
        let ask = || Subject::new(&|request| answer_in_bytes(plugins, &request), descriptor.clone()).sample();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let asked: Vec<_> = (0..THREADS).map(|_| scope.spawn(ask)).collect();
            asked.into_iter().map(|thread| thread.join().map_err(drop)).collect()
        });
        answers.iter().any(|answer| *answer != answers[0])
    };
    let found = plugins.describe().into_iter().filter(disagrees);
    found.map(|plugin| format!("plugin `{}`: threads that ask at once hear different answers", plugin.id)).collect()
}
