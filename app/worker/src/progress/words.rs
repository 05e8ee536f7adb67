//! Runs, steps and numbers as people read them.

use placebo_experiment::event::Event;
use placebo_experiment::run_spec::{RunKind, RunSpec};
use std::time::Duration;

/// What people call a run: its condition and, for tuned ones, size and seed.
pub fn title(run: &RunSpec) -> String {
    match run.kind {
        RunKind::FineTune => {
            format!("{}, {} per task, seed {}", run.condition.name, run.data.train_instances_per_task, run.seed)
        }
        _ => run.condition.name.clone(),
    }
}

/// What a training step is worth telling: loss and throughput.
pub fn step(event: &Event) -> String {
    match event {
        Event::Step { loss, tokens_per_s, .. } => format!("loss {loss:.3}, {} tokens/s", number(*tokens_per_s)),
        _ => String::new(),
    }
}

/// Time left in the phase of a run and in the grid, as far as they are known.
pub fn left(phase: Option<Duration>, grid: Option<Duration>) -> String {
    let phase = phase.map(|left| format!(", {} left", duration(left)));
    let grid = grid.map(|left| format!(", {} for all", duration(left)));
    [phase, grid].into_iter().flatten().collect()
}

/// A duration to two units: `42 s`, `3 min 20 s`, `2 h 05 min`.
pub fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs_f64().round() as u64;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds:02} s"),
        (hours, minutes, _) => format!("{hours} h {minutes:02} min"),
    }
}

/// A whole number with commas between thousands.
pub fn number(value: f64) -> String {
    let digits = format!("{:.0}", value.max(0.0));
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_two_units() {
        let words = [0, 42, 60, 200, 7500].map(|seconds| duration(Duration::from_secs(seconds)));
        assert_eq!(words, ["0 s", "42 s", "1 min 00 s", "3 min 20 s", "2 h 05 min"]);
    }

    #[test]
    fn thousands_are_apart() {
        assert_eq!([0.4, 999.0, 1000.0, 1_234_567.0].map(number), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn only_what_is_known_is_left() {
        let minute = Some(Duration::from_secs(60));
        assert_eq!(left(None, None), "");
        assert_eq!(left(minute, None), ", 1 min 00 s left");
        assert_eq!(left(minute, minute), ", 1 min 00 s left, 1 min 00 s for all");
    }
}
