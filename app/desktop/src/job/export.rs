//! Writing what is on the Compare page: the figure's family of files, the tables, the numbers.

use crate::message::Told;
use crate::settings::write_file;
use placebo_experiment::report::figure::{Figure, FigureData, FigureSpec};
use placebo_experiment::report::{Comparison, csv, json, markdown};
use std::path::{Path, PathBuf};

/// Writes everything into `folder` and gives the paths.
///
/// # Errors
/// A figure that cannot be drawn, or a folder that cannot be written to.
pub(crate) fn export(folder: &Path, comparison: &Comparison, figure: (&FigureSpec, &FigureData)) -> Told<Vec<PathBuf>> {
    let (spec, data) = figure;
    let figure = Figure::draw(spec.clone(), data.clone()).map_err(|error| error.to_string())?;
    let files = figure.files().map_err(|error| error.to_string())?;
    let mut paths = files.write(&folder.join(spec.kind.name())).map_err(|error| error.to_string())?;
    let tables = [
        ("comparison.md", markdown::write(comparison)),
        ("comparison.csv", csv::write(comparison)),
        ("comparison.json", json::write(comparison)),
    ];
    for (name, text) in tables {
        let path = folder.join(name);
        write_file(&path, text.as_bytes()).map_err(|error| error.to_string())?;
        paths.push(path);
    }
    Ok(paths)
}
