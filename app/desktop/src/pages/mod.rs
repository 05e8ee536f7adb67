//! The pages: each draws from `&State` and pushes commands; none reads a file, starts a thread or computes a statistic.

mod answers;
mod compare;
mod experiment;
mod plugins;
mod runs;
mod start;
mod tasks;

use crate::command::Command;
use crate::state::{Page, State};
use egui::Ui;

/// Draws the page that is shown.
pub fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    match state.page {
        Page::Start => start::show(ui, state, out),
        Page::Experiment => experiment::show(ui, state, out),
        Page::Tasks => tasks::show(ui, state, out),
        Page::Runs => runs::show(ui, state, out),
        Page::Compare => compare::show(ui, state, out),
        Page::Answers => answers::show(ui, state, out),
        Page::Plugins => plugins::show(ui, state, out),
    }
}

/// Seconds in the words that a person would use.
fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 1.0 => "under 1 s".to_owned(),
        s if s < 90.0 => format!("{s:.0} s"),
        s if s < 5400.0 => format!("{:.0} min", s / 60.0),
        s if s < 172_800.0 => format!("{:.1} h", s / 3600.0),
        s => format!("{:.1} days", s / 86_400.0),
    }
}

/// A number without decimals, its thousands parted: `26,260`.
fn whole(number: f64) -> String {
    let digits = format!("{number:.0}");
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
    let parted = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect::<Vec<_>>().join(",");
    format!("{sign}{parted}")
}

/// `1 run`, `2 runs`, `1,800 instances`.
fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {one}s", whole(count as f64)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_in_the_unit_that_fits() {
        let told = [0.2, 42.0, 600.0, 7200.0, 260_000.0].map(duration);
        assert_eq!(told, ["under 1 s", "42 s", "10 min", "2.0 h", "3.0 days"]);
        assert_eq!([0.0, 999.4, 26_260.0, -1e6].map(whole), ["0", "999", "26,260", "-1,000,000"]);
        assert_eq!((counted(1, "run"), counted(0, "run")), ("1 run".into(), "0 runs".into()));
    }
}
