//! The spec of a figure: everything about its looks that a person may want to change, and nothing of its numbers.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Colour, FigureData, FigureError, Preset, Reference};

/// How a figure looks. Every field has a default, so that a spec file says only what it changes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FigureSpec {
    /// What is drawn.
    pub kind: Kind,
    /// The page.
    pub preset: Preset,
    /// The typeface.
    pub font: Font,
    /// Size of labels in points, 6 to 40; the preset's otherwise.
    pub text_size: Option<f64>,
    /// Height of the page in centimetres; as high as needed otherwise. A page grows when its labels need more.
    pub height: Option<f64>,
    /// Greys instead of colours.
    pub greyscale: bool,
    /// Hatched bars; as greyscale says otherwise.
    pub hatching: Option<bool>,
    /// Where the legend stands.
    pub legend: LegendPlace,
    /// Panels side by side; as many as fit otherwise.
    pub panel_columns: Option<usize>,
    /// Numbers beside bars.
    pub values: bool,
    /// A title above everything; papers have captions instead.
    pub title: Option<String>,
    /// The axis of sizes, steps or names.
    pub x: AxisSpec,
    /// The axis of values.
    pub y: AxisSpec,
    /// Conditions in the order wanted; those not named follow in the data's order.
    pub order: Vec<String>,
    /// Conditions left out; the others keep their colours.
    pub hide: Vec<String>,
    /// Names to show instead of the data's, for conditions, groups, panels and references.
    pub names: BTreeMap<String, String>,
    /// Colours by condition instead of the palette's.
    pub colours: BTreeMap<String, Colour>,
    /// Values to draw besides the data's own references, in every panel.
    pub references: Vec<Reference>,
}

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Bars with intervals, grouped where there are several sizes or columns.
    #[default]
    Bars,
    /// Lines over training instances per task.
    Lines,
    /// Each task's score under one condition against another.
    Scatter,
    /// Each task's score from condition to condition.
    Slope,
    /// The spread of task scores: boxes with every task beside.
    Strip,
    /// Task categories by conditions.
    Heat,
    /// Loss over training steps.
    Loss,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 7] =
        [Kind::Bars, Kind::Lines, Kind::Scatter, Kind::Slope, Kind::Strip, Kind::Heat, Kind::Loss];

    /// The word for it on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Bars => "bars",
            Kind::Lines => "lines",
            Kind::Scatter => "scatter",
            Kind::Slope => "slope",
            Kind::Strip => "strip",
            Kind::Heat => "heat",
            Kind::Loss => "loss",
        }
    }
}

/// A bundled typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Font {
    /// Liberation Sans, as wide as Arial.
    #[default]
    Sans,
    /// Liberation Serif, as wide as Times New Roman.
    Serif,
}

impl Font {
    /// All of them.
    pub const ALL: [Font; 2] = [Font::Sans, Font::Serif];

    /// The word for it on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Font::Sans => "sans",
            Font::Serif => "serif",
        }
    }
}

/// Where the legend stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LegendPlace {
    /// Above the panels.
    #[default]
    Top,
    /// Beside the panels, where they keep enough room.
    Right,
    /// In the emptiest corner of the first panel, where it covers nothing.
    Inside,
    /// Nowhere.
    None,
}

impl LegendPlace {
    /// All of them.
    pub const ALL: [LegendPlace; 4] = [LegendPlace::Top, LegendPlace::Right, LegendPlace::Inside, LegendPlace::None];

    /// The word for it on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            LegendPlace::Top => "top",
            LegendPlace::Right => "right",
            LegendPlace::Inside => "inside",
            LegendPlace::None => "none",
        }
    }
}

/// What may be said of an axis.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AxisSpec {
    /// The label instead of the data's; an empty one for none.
    pub label: Option<String>,
    /// Where the axis begins.
    pub from: Option<f64>,
    /// Where the axis ends.
    pub to: Option<f64>,
    /// Equal ratios at equal distances; where not said, so for sizes that span a factor of eight.
    pub log: Option<bool>,
}

/// What a spec file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct SpecFile {
    /// The spec.
    pub spec: FigureSpec,
    /// The numbers, in the `.json` of a figure.
    pub data: Option<FigureData>,
}

impl SpecFile {
    /// Reads a file that holds a spec, or the `.json` of a figure.
    ///
    /// # Errors
    /// A file that cannot be read or is neither.
    pub fn read(path: &Path) -> Result<Self, FigureError> {
        let not_a_spec = |cause| FigureError::NotASpec { cause, path: path.to_owned() };
        let json: serde_json::Value = serde_json::from_slice(&fs_err::read(path)?).map_err(not_a_spec)?;
        let data = json.get("data").cloned().map(serde_json::from_value).transpose().map_err(not_a_spec)?;
        let spec = json.get("spec").unwrap_or(&json).clone();
        Ok(Self { spec: serde_json::from_value(spec).map_err(not_a_spec)?, data })
    }
}

impl FigureSpec {
    /// Whether bars are hatched.
    pub fn is_hatched(&self) -> bool {
        self.hatching.unwrap_or(self.greyscale)
    }

    /// What is shown for a name of the data: the spec's name for it, on one line.
    pub fn shown(&self, name: &str) -> String {
        let name = self.names.get(name).map_or(name, String::as_str);
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// # Errors
    /// A size or limit that no page can have.
    pub(super) fn check(&self) -> Result<(), FigureError> {
        let within = |field, value: Option<f64>, low: f64, high: f64| match value {
            Some(value) if !(low..=high).contains(&value) => {
                Err(FigureError::Spec { field, reason: format!("must lie between {low} and {high}, not {value}") })
            }
            _ => Ok(()),
        };
        within("text_size", self.text_size, 6.0, 40.0)?;
        within("height", self.height, 2.0, 100.0)?;
        within("panel_columns", self.panel_columns.map(|columns| columns as f64), 1.0, 12.0)?;
        self.x.check("x")?;
        self.y.check("y")
    }
}

impl AxisSpec {
    fn check(&self, field: &'static str) -> Result<(), FigureError> {
        let refuse = |reason: &str| Err(FigureError::Spec { field, reason: reason.to_owned() });
        match (self.from, self.to) {
            (Some(from), _) if !from.is_finite() => refuse("an axis begins at a number"),
            (_, Some(to)) if !to.is_finite() => refuse("an axis ends at a number"),
            (Some(from), Some(to)) if from >= to => refuse("an axis begins below its end"),
            (Some(from), _) if self.log == Some(true) && from <= 0.0 => refuse("a logarithmic axis begins above 0"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<FigureSpec, FigureError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), json).unwrap();
        SpecFile::read(file.path()).map(|file| file.spec)
    }

    #[test]
    fn a_spec_says_only_what_it_changes_and_may_stand_in_a_figure() {
        let spec = FigureSpec { kind: Kind::Lines, legend: LegendPlace::Right, ..FigureSpec::default() };
        assert_eq!(read(r#"{"kind": "lines", "legend": "right"}"#).unwrap(), spec);
        assert_eq!(read(r#"{"spec": {"kind": "lines", "legend": "right"}, "data": {"panels": []}}"#).unwrap(), spec);
        assert_eq!(read(&serde_json::to_string(&spec).unwrap()).unwrap(), spec);
    }

    #[test]
    fn what_is_no_spec_is_refused_with_its_file() {
        for wrong in ["{", r#"{"knd": "lines"}"#, r#"{"kind": "pie"}"#, r##"{"colours": {"a": "#12"}}"##] {
            let message = read(wrong).unwrap_err().to_string();
            assert!(message.contains("give a figure's .json or its `spec` part: `/"), "{message}");
        }
    }

    #[test]
    fn impossible_sizes_are_refused() {
        let spec = FigureSpec { text_size: Some(2.0), ..FigureSpec::default() };
        assert_eq!(spec.check().unwrap_err().to_string(), "must lie between 6 and 40, not 2: `text_size`");
        let y = AxisSpec { from: Some(5.0), to: Some(1.0), ..AxisSpec::default() };
        let spec = FigureSpec { y, ..FigureSpec::default() };
        assert_eq!(spec.check().unwrap_err().to_string(), "an axis begins below its end: `y`");
    }
}
