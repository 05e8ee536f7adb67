//! Numbers of charts in words: for hovering, and for those who cannot see the chart.

use placebo_experiment::report::figure::{Panel, Point};

/// A mean with its interval and what it is the mean of.
pub(super) fn point(name: &str, point: &Point) -> String {
    let interval = point.low.zip(point.high).map(|(low, high)| format!(" [{low:.1}, {high:.1}]")).unwrap_or_default();
    format!("{name}: {:.1}{interval}\nn = {} {}", point.mean, point.n, if point.n == 1 { "run" } else { "runs" })
}

/// A task's two scores.
pub(super) fn task(name: &str, point: &Point) -> String {
    let task = point.of.as_deref().unwrap_or("a task");
    format!("{task}\n{name}: {:.1}, against {:.1}", point.mean, point.at.number().unwrap_or(0.0))
}

/// On how many tasks each condition is above, below and on the diagonal.
pub(super) fn scatter(panel: &Panel) -> String {
    let series = panel.series.iter().map(|series| {
        let differences = series.points.iter().map(|point| point.mean - point.at.number().unwrap_or(point.mean));
        let (mut above, mut below) = (0, 0);
        for difference in differences {
            above += usize::from(difference > 0.0);
            below += usize::from(difference < 0.0);
        }
        let same = series.points.len() - above - below;
        format!("{} higher on {above} tasks, lower on {below}, the same on {same}", series.name)
    });
    format!("{}, {} against {}: {}.", panel.title, panel.y, panel.x, series.collect::<Vec<_>>().join("; "))
}

/// The mean of each condition's tasks.
pub(super) fn slope(panel: &Panel) -> String {
    let series = panel.series.iter().map(|series| {
        let count = series.points.len().max(1);
        let mean = series.points.iter().map(|point| point.mean).sum::<f64>() / count as f64;
        format!("{} {mean:.1} on average of {count} tasks", series.name)
    });
    format!("{}, {}, a line per task: {}.", panel.title, panel.y, series.collect::<Vec<_>>().join("; "))
}

/// A panel in a sentence of numbers.
pub(super) fn panel(panel: &Panel) -> String {
    let series = panel.series.iter().flat_map(|series| {
        series.points.iter().map(move |point| {
            let at = point.at.number().map(|size| format!(" at {size} per task")).unwrap_or_default();
            let interval = point.low.zip(point.high);
            let interval = interval.map(|(low, high)| format!(" (interval {low:.1} to {high:.1})")).unwrap_or_default();
            format!("{}{at} {:.1}{interval}", series.name, point.mean)
        })
    });
    let references = panel.references.iter().map(|reference| format!("{} {:.1}", reference.name, reference.value));
    let all: Vec<_> = series.chain(references).collect();
    format!("{}, {}: {}.", panel.title, panel.y, all.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use placebo_experiment::report::figure::{At, Reference, Series};

    #[test]
    fn a_panel_is_a_sentence_of_its_numbers() {
        let point = Point { at: At::Name("x".into()), of: None, mean: 42.04, low: Some(40.0), high: Some(44.0), n: 3 };
        let shown = super::point("Original", &point);
        assert_eq!(shown, "Original: 42.0 [40.0, 44.0]\nn = 3 runs");
        let guess = Reference {
            name: "Random guess".into(),
            panel: None,
            series: None,
            at: None,
            value: 33.3,
            low: None,
            high: None,
            reported: false,
        };
        let panel = Panel {
            title: "Classification tasks".into(),
            y: "Exact match (%)".into(),
            series: vec![Series { name: "Original".into(), points: vec![point] }],
            references: vec![guess],
            ..Panel::default()
        };
        let expected =
            "Classification tasks, Exact match (%): Original 42.0 (interval 40.0 to 44.0); Random guess 33.3.";
        assert_eq!(super::panel(&panel), expected);
    }
}
