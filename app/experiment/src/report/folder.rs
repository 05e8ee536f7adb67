//! The report: everything that a comparison is written as, in one folder, with a page that shows it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::figure::{Figure, FigureError};
use super::html::{self, Page, Picture};
use super::methods::{self, Paragraph, Study};
use super::sheet::{self, Sheet, Style};
use super::{Comparison, Record, csv, json, latex};
use crate::results::{Build, ResultsError, replace_file};

/// What a report is made of.
#[derive(Debug)]
pub struct Report<'r> {
    /// The page's heading.
    pub title: String,
    /// The runs.
    pub records: &'r [Record],
    /// The runs side by side.
    pub comparison: &'r Comparison,
    /// How tables show their numbers.
    pub style: &'r Style,
    /// The figures by the names of their files, in the order in which they are shown.
    pub figures: Vec<(String, Figure)>,
    /// What went wrong on the way, a sentence each.
    pub problems: Vec<String>,
    /// The program that makes the report.
    pub build: Build,
}

/// Why there is no report.
#[derive(Debug, Error)]
pub enum ReportError {
    /// A record cannot be read.
    #[error(transparent)]
    Results(#[from] ResultsError),
    /// A figure cannot be drawn or written.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// The folder cannot be made.
    #[error(transparent)]
    Folder(#[from] io::Error),
    /// A file cannot be written.
    #[error("{cause}; choose a folder you may write to with `--out DIR`: `{}`", path.display())]
    Unwritable {
        /// The system's word for it.
        cause: io::Error,
        /// The file.
        path: PathBuf,
    },
}

/// The page of a report.
pub const INDEX: &str = "index.html";

impl Report<'_> {
    /// Writes the report into a folder, made if need be; gives the names of its files, the page first.
    ///
    /// # Errors
    /// A record that cannot be read, a figure that cannot be drawn, or a folder that cannot be written to.
    pub fn write(&self, out: &Path) -> Result<Vec<String>, ReportError> {
        fs_err::create_dir_all(out)?;
        let sheet = Sheet::of(self.comparison, self.style);
        let methods = self.methods()?;
        let texts = self.texts(&sheet, &methods);
        let mut files: Vec<String> = texts.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut pictures = Vec::new();
        for (stem, figure) in &self.figures {
            let picture = picture(figure, stem, out)?;
            files.extend(picture.files.iter().cloned());
            pictures.push(picture);
        }
        let page = html::write(&self.page(&sheet, &methods, &pictures, &files));
        for (name, text) in texts.iter().map(|(name, text)| (*name, text)).chain([(INDEX, &page)]) {
            write(&out.join(name), text)?;
        }
        files.insert(0, INDEX.to_owned());
        Ok(files)
    }

    /// Plan → its methods.
    fn methods(&self) -> Result<Vec<(String, Vec<Paragraph>)>, ResultsError> {
        let studies = Study::read(self.records)?;
        let told = |study: &Study| (study.plan.clone(), methods::paragraphs(study, self.comparison));
        Ok(studies.iter().map(told).collect())
    }

    fn texts(&self, sheet: &Sheet, methods: &[(String, Vec<Paragraph>)]) -> [(&'static str, String); 6] {
        let told = |write: fn(&[Paragraph]) -> String| {
            let studies = methods.iter().map(|(_, paragraphs)| write(paragraphs));
            studies.collect::<Vec<_>>().join("\n")
        };
        [
            ("table.tex", latex::write(sheet)),
            ("table.md", sheet::markdown::write(sheet)),
            ("comparison.csv", csv::write(self.comparison)),
            ("comparison.json", json::write(self.comparison)),
            ("methods.md", told(methods::markdown)),
            ("methods.tex", told(methods::latex)),
        ]
    }

    fn page<'p>(
        &'p self,
        sheet: &'p Sheet,
        methods: &'p [(String, Vec<Paragraph>)],
        figures: &'p [Picture],
        files: &'p [String],
    ) -> Page<'p> {
        Page {
            title: &self.title,
            records: self.records,
            comparison: self.comparison,
            sheet,
            methods,
            figures,
            files,
            problems: &self.problems,
            build: &self.build,
        }
    }
}

/// Writes a figure's files below `out` and makes what the page shows of it.
fn picture(figure: &Figure, stem: &str, out: &Path) -> Result<Picture, ReportError> {
    let folder = out.join("figures");
    let paths = figure.files()?.write(&folder.join(stem))?;
    let name = |path: &PathBuf| format!("figures/{}", path.file_name().unwrap_or_default().to_string_lossy());
    Ok(Picture {
        svg: figure.svg(),
        caption: figure.data.caption.clone(),
        notes: figure.data.notes.iter().chain(&figure.page.warnings).cloned().collect(),
        files: paths.iter().map(name).collect(),
    })
}

fn write(path: &Path, text: &str) -> Result<(), ReportError> {
    let written = replace_file(path, |file| file.write_all(text.as_bytes()));
    written.map_err(|cause| ReportError::Unwritable { cause, path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::figure::{FigureData, FigureSpec, Panel, Point, Series};
    use crate::report::testing::made_up;
    use crate::report::{Column, read_records};

    fn figure() -> Figure {
        let point = |at: &str, mean| Point {
            at: crate::report::figure::At::Name(at.to_owned()),
            of: None,
            mean,
            low: None,
            high: None,
            n: 2,
        };
        let series = |name: &str, mean| Series { name: name.to_owned(), points: vec![point("exact match", mean)] };
        let panel = Panel {
            y: "score".into(),
            series: vec![series("Original", 50.0), series("Empty & bare", 40.0)],
            ..Panel::default()
        };
        let data = FigureData { panels: vec![panel], caption: "Scores.".into(), ..FigureData::default() };
        Figure::draw(FigureSpec::default(), data).unwrap()
    }

    #[test]
    fn everything_lies_in_one_folder_and_the_page_leads_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let (records, _) = read_records(&made_up(folder.path())).unwrap();
        let comparison = Comparison::of(&records, Column::of_the_study());
        let report = Report {
            title: "trial".into(),
            records: &records,
            comparison: &comparison,
            style: &Style::default(),
            figures: vec![("scores".into(), figure())],
            problems: Vec::new(),
            build: Build { version: "0.1.0".into(), commit: "abc".into() },
        };
        let out = folder.path().join("a/report");
        let files = report.write(&out).unwrap();
        let page = std::fs::read_to_string(out.join(INDEX)).unwrap();
        assert_eq!(files[0], INDEX);
        assert!(files.contains(&"figures/scores.pdf".to_owned()), "{files:?}");
        for file in &files {
            assert!(out.join(file).is_file(), "{file}");
            assert!(file == INDEX || page.contains(&format!("<a href=\"{file}\">")), "{file}");
        }
        let mean = comparison.rows[0].cells[0].as_ref().unwrap().mean;
        for file in ["table.tex", "table.md", "comparison.csv", "comparison.json", INDEX] {
            assert!(std::fs::read_to_string(out.join(file)).unwrap().contains(&mean.to_string()), "{mean} in {file}");
        }
        assert!(page.contains("<svg ") && page.contains("Empty &amp; bare"), "{page}");
        let again = report.write(&out).unwrap();
        assert_eq!(again, files);
        assert_eq!(std::fs::read_to_string(out.join(INDEX)).unwrap(), page, "the same report is the same page");
    }
}
