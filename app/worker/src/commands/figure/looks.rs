//! How a figure looks: a spec's file and the options that go before it.

use crate::commands::named::one_of;
use crate::outcome::{Failure, OrUsage};
use placebo_experiment::report::figure::collect::Study;
use placebo_experiment::report::figure::{FigureData, FigureSpec, Font, Kind, LegendPlace, Preset, SpecFile};
use std::path::PathBuf;

/// What may be said of a figure's looks.
#[derive(Debug, clap::Args)]
pub struct Looks {
    /// What is drawn.
    #[arg(long, value_name = "KIND", value_parser = one_of(&Kind::ALL, Kind::name))]
    kind: Option<Kind>,
    /// The page: 7.7 cm, 16 cm, 5.5 in or 16:9.
    #[arg(long, value_name = "PRESET", value_parser = one_of(&Preset::ALL, Preset::name))]
    preset: Option<Preset>,
    /// The typeface.
    #[arg(long, value_name = "FONT", value_parser = one_of(&Font::ALL, Font::name))]
    font: Option<Font>,
    /// Where the legend stands.
    #[arg(long, value_name = "PLACE", value_parser = one_of(&LegendPlace::ALL, LegendPlace::name))]
    legend: Option<LegendPlace>,
    /// Greys and hatches instead of colours.
    #[arg(long)]
    greyscale: bool,
    /// Numbers beside bars.
    #[arg(long)]
    values: bool,
    /// Height of the page in centimetres.
    #[arg(long, value_name = "CM")]
    height: Option<f64>,
    /// Size of labels in points.
    #[arg(long, value_name = "PT")]
    text_size: Option<f64>,
    /// A title above the figure.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// A spec to begin with: a file of its own, or the .json of a figure.
    #[arg(long, value_name = "FILE.json")]
    spec: Option<PathBuf>,
}

impl Looks {
    /// The file's spec, changed by the options, with the numbers that the file holds.
    ///
    /// # Errors
    /// A file that is no spec.
    pub fn spec(&self, study: Option<Study>) -> Result<(FigureSpec, Option<FigureData>), Failure> {
        let (file, data) = match &self.spec {
            Some(path) => SpecFile::read(path).map(|file| (file.spec, file.data)).or_usage()?,
            None => (FigureSpec::default(), None),
        };
        let spec = FigureSpec {
            kind: study.map(|_| Kind::Lines).or(self.kind).unwrap_or(file.kind),
            preset: self.preset.unwrap_or(file.preset),
            font: self.font.unwrap_or(file.font),
            legend: self.legend.unwrap_or(file.legend),
            greyscale: self.greyscale || file.greyscale,
            values: self.values || file.values,
            height: self.height.or(file.height),
            text_size: self.text_size.or(file.text_size),
            title: self.title.clone().or(file.title),
            ..file
        };
        Ok((spec, data))
    }
}
