//! The pages that figures are made for.

use serde::{Deserialize, Serialize};

use super::unit::{CENTIMETRE, INCH};

/// A page's width and the sizes that go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// One of the two columns of an ACL paper: 7.7 cm.
    #[default]
    AclColumn,
    /// Both columns of an ACL paper: 16 cm.
    AclFull,
    /// The text width of a NeurIPS paper: 5.5 inches, 13.97 cm.
    Neurips,
    /// A 16:9 slide: 10 by 5.625 inches.
    Slide,
}

impl Preset {
    /// All of them.
    pub const ALL: [Preset; 4] = [Preset::AclColumn, Preset::AclFull, Preset::Neurips, Preset::Slide];

    /// The word for it on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Preset::AclColumn => "acl-column",
            Preset::AclFull => "acl-full",
            Preset::Neurips => "neurips",
            Preset::Slide => "slide",
        }
    }

    /// The page's width in points.
    pub fn width(self) -> f64 {
        match self {
            Preset::AclColumn => 7.7 * CENTIMETRE,
            Preset::AclFull => 16.0 * CENTIMETRE,
            Preset::Neurips => 5.5 * INCH,
            Preset::Slide => 10.0 * INCH,
        }
    }

    /// The height that the page is to have, in points; a paper's figure is as high as it needs to be.
    pub fn height(self) -> Option<f64> {
        (self == Preset::Slide).then_some(5.625 * INCH)
    }

    /// The size of labels in points.
    pub fn text_size(self) -> f64 {
        if self == Preset::Slide { 17.0 } else { 8.0 }
    }

    /// The smallest size that a label may be shrunk to, in points.
    pub fn smallest_text(self) -> f64 {
        if self == Preset::Slide { 11.0 } else { 6.0 }
    }
}
