//! The files of one figure: one stem, seven endings.

use std::path::{Path, PathBuf};

use super::{csv, json, pdf, png, tex};
use crate::report::figure::{Figure, FigureError};
use crate::results::write_atomically;

/// Resolutions of the PNG files.
const RESOLUTIONS: [u32; 2] = [300, 600];

/// Endings and contents of all files of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Files(Vec<(String, Vec<u8>)>);

impl Files {
    /// Makes all files from one drawing and one set of numbers.
    ///
    /// # Errors
    /// A drawing that cannot be rendered.
    pub fn of(figure: &Figure) -> Result<Self, FigureError> {
        let (font, size) = (figure.spec.font, figure.size());
        let title = figure.title();
        let drawing = figure.svg();
        let mut files = vec![
            ("svg".to_owned(), drawing.clone().into_bytes()),
            ("pdf".to_owned(), pdf(&drawing, font, size, &title)?),
            ("csv".to_owned(), csv::write(&figure.data).into_bytes()),
            ("json".to_owned(), json::write(&figure.spec, &figure.data, &figure.page.warnings).into_bytes()),
            ("tex".to_owned(), tex::write(figure).into_bytes()),
        ];
        for dpi in RESOLUTIONS {
            files.push((format!("{dpi}dpi.png"), png(&drawing, font, size, dpi)?));
        }
        Ok(Self(files))
    }

    /// The content of the file with an ending.
    pub fn content(&self, ending: &str) -> Option<&[u8]> {
        self.0.iter().find(|(known, _)| known == ending).map(|(_, content)| content.as_slice())
    }

    /// Every ending with its content.
    pub fn all(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(ending, content)| (ending.as_str(), content.as_slice()))
    }

    /// Writes all files as `<stem>.<ending>`, makes the folder if need be, and gives their paths.
    ///
    /// # Errors
    /// A folder that cannot be made or written to.
    pub fn write(&self, stem: &Path) -> Result<Vec<PathBuf>, FigureError> {
        if let Some(folder) = stem.parent() {
            fs_err::create_dir_all(folder)?;
        }
        let mut paths = Vec::new();
        for (ending, content) in &self.0 {
            let path = with_ending(stem, ending);
            write_atomically(&path, |file| file.write_all(content))?;
            paths.push(path);
        }
        Ok(paths)
    }
}

/// The stem itself may have dots.
fn with_ending(stem: &Path, ending: &str) -> PathBuf {
    let mut path = stem.as_os_str().to_owned();
    path.push(format!(".{ending}"));
    path.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_may_have_dots() {
        assert_eq!(with_ending(Path::new("figures/v1.2"), "pdf"), Path::new("figures/v1.2.pdf"));
    }
}
