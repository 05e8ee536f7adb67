//! The numbers of a figure: named series of points, in panels, with references and sources.

use serde::{Deserialize, Serialize};

use super::collect::Asked;
use crate::report::rounded;

/// Everything that a figure shows, as plain numbers.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FigureData {
    /// What is shown side by side.
    pub panels: Vec<Panel>,
    /// What the figure shows, in a sentence or two to start a caption from.
    pub caption: String,
    /// What the reader must know besides: missing runs, tasks left out.
    pub notes: Vec<String>,
    /// The runs that the numbers come from.
    pub sources: Vec<Source>,
    /// What they were asked; `None` of numbers from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
}

/// One pair of axes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Panel {
    /// What tells the panel from the others; empty where there is one.
    pub title: String,
    /// What [`Point::at`] is.
    pub x: String,
    /// What [`Point::mean`] is.
    pub y: String,
    /// One per condition.
    pub series: Vec<Series>,
    /// Values to compare with.
    pub references: Vec<Reference>,
}

/// The points of one condition.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Series {
    /// The condition's name.
    pub name: String,
    /// In the order of the data.
    pub points: Vec<Point>,
}

/// One number and how sure it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The group, category, size, step or other score that the number belongs to.
    pub at: At,
    /// The task, where the number is a task's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The number itself.
    pub mean: f64,
    /// The interval's lower bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// The interval's upper bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// How many runs, or tasks of a category, the number is the mean of.
    pub n: usize,
}

/// Where a point stands across its panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum At {
    /// On an axis of numbers.
    Number(f64),
    /// At a name.
    Name(String),
}

/// A value from elsewhere: guessing, a baseline without training, a number reported in a paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// What the legend calls it.
    pub name: String,
    /// The panel's title where it belongs to one panel only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<String>,
    /// The condition that it is to be compared with; its colour is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// Where it stands; across the whole panel otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
    /// The value.
    pub value: f64,
    /// The lower edge of its band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// The upper edge of its band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// Whether somebody else reported it: drawn hollow.
    #[serde(default)]
    pub reported: bool,
}

/// A run whose numbers are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The run's id.
    pub run: String,
    /// SHA-256 of its manifest; `None` where it has none.
    pub manifest_sha256: Option<String>,
    /// SHA-256 of its scores; `None` where they were not used.
    pub scores_sha256: Option<String>,
}

impl At {
    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            At::Number(number) => Some(*number),
            At::Name(_) => None,
        }
    }

    /// The text for tables and groups.
    pub fn text(&self) -> String {
        match self {
            At::Number(number) => number.to_string(),
            At::Name(name) => name.clone(),
        }
    }
}

impl From<f64> for At {
    fn from(number: f64) -> Self {
        At::Number(number)
    }
}

impl From<&str> for At {
    fn from(name: &str) -> Self {
        At::Name(name.to_owned())
    }
}

impl FigureData {
    /// The data with every number rounded, and without points that have none, which are noted instead.
    ///
    /// All outputs start from here, so that none can disagree with another.
    pub fn settled(mut self) -> Self {
        for panel in &mut self.panels {
            for series in &mut panel.series {
                let before = series.points.len();
                series.points.retain(Point::is_drawable);
                series.points.iter_mut().for_each(Point::round);
                if series.points.len() < before {
                    let lost = before - series.points.len();
                    self.notes.push(format!("{}: {lost} points are not numbers and are left out", series.name));
                }
            }
            panel.references.retain(|reference| reference.value.is_finite());
            panel.references.iter_mut().for_each(Reference::round);
        }
        self
    }
}

impl Point {
    fn is_drawable(&self) -> bool {
        self.mean.is_finite() && self.at.number().is_none_or(f64::is_finite)
    }

    fn round(&mut self) {
        self.mean = rounded(self.mean);
        if let At::Number(number) = &mut self.at {
            *number = rounded(*number);
        }
        round_bounds(&mut self.low, &mut self.high);
    }
}

impl Reference {
    fn round(&mut self) {
        self.value = rounded(self.value);
        round_bounds(&mut self.low, &mut self.high);
    }
}

/// Half an interval is none.
fn round_bounds(low: &mut Option<f64>, high: &mut Option<f64>) {
    let both = low.zip(*high).filter(|(low, high)| low.is_finite() && high.is_finite());
    *low = both.map(|(low, _)| rounded(low));
    *high = both.map(|(_, high)| rounded(high));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(mean: f64, low: Option<f64>) -> Point {
        Point { at: At::Number(10.0), of: None, mean, low, high: Some(2.0), n: 1 }
    }

    #[test]
    fn numbers_are_rounded_once_and_what_is_none_is_noted() {
        let points = vec![point(1.234_56, Some(1.0 / 3.0)), point(f64::NAN, None), point(1.0, None)];
        let series = vec![Series { name: "A".into(), points }];
        let panels = vec![Panel { series, ..Panel::default() }];
        let data = FigureData { panels, ..FigureData::default() }.settled();
        let points = &data.panels[0].series[0].points;
        assert_eq!((points[0].mean, points[0].low, points[0].high), (1.2346, Some(0.3333), Some(2.0)));
        assert_eq!((points[1].low, points[1].high), (None, None));
        assert_eq!(data.notes, ["A: 1 points are not numbers and are left out"]);
        assert_eq!(data.clone().settled(), data);
    }

    #[test]
    fn places_are_numbers_or_names_in_json() {
        let json = r#"[{"at":10.0,"mean":1.0,"n":3},{"at":"Empty","of":"task1","mean":1.0,"n":1}]"#;
        let points: Vec<Point> = serde_json::from_str(json).unwrap();
        assert_eq!((points[0].at.clone(), points[1].at.clone()), (At::Number(10.0), "Empty".into()));
        assert_eq!(serde_json::to_string(&points).unwrap(), json);
    }
}
