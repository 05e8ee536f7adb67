//! Comparing: records from a folder, the answer to a question, the chart's numbers, the exported figure as a picture.

use crate::message::Told;
use crate::state::{Chart, Picture};
use placebo_experiment::plan::MetricPlan;
use placebo_experiment::plugin::Registry;
use placebo_experiment::report::figure::collect::{Runs, add_reported, figure_data};
use placebo_experiment::report::figure::{Figure, FigureData, FigureSpec, Kind, export};
use placebo_experiment::report::{Comparison, Question, Record, compare, read_records};
use placebo_experiment::results::{add_scores, scan};
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Pixels per inch of the picture of a figure.
const RESOLUTION: u32 = 220;

/// Reads all records at or below `folder`, and says which cannot be read.
///
/// # Errors
/// A folder that cannot be read or has no runs.
pub(crate) fn read(folder: &Path) -> Told<(Arc<Vec<Record>>, Vec<String>)> {
    let (records, problems) = read_records(folder).map_err(|error| error.to_string())?;
    Ok((Arc::new(records), problems.iter().map(ToString::to_string).collect()))
}

/// Answers a question.
///
/// # Errors
/// A question that makes no sense for the records.
pub(crate) fn answer(records: &[Record], question: &Question) -> Told<Arc<Comparison>> {
    compare(records, question, &|_| {}).map(Arc::new).map_err(|error| error.to_string())
}

/// Collects the numbers of a chart.
///
/// # Errors
/// Runs that have no such numbers.
pub(crate) fn chart(records: &[Record], comparison: &Comparison, chart: &Chart) -> Told<Arc<FigureData>> {
    let runs = Runs { records, comparison };
    let mut data = figure_data(chart.kind, runs, &chart.choice).map_err(|error| error.to_string())?;
    if chart.reported && matches!(chart.kind, Kind::Bars | Kind::Lines) {
        add_reported(&mut data, runs);
    }
    Ok(Arc::new(data.settled()))
}

/// Scores all finished runs of a folder with one metric more; the number of runs that gained by it.
///
/// # Errors
/// A metric that is not loaded, or a record that cannot be read or written.
pub(crate) fn add_metric(folder: &Path, id: &str, registry: &Registry) -> Told<usize> {
    let found = scan(folder).map_err(|error| error.to_string())?;
    let metrics = [MetricPlan::new(id)];
    let mut gained = 0;
    for run in found.runs.iter().filter(|run| run.is_finished()) {
        gained += usize::from(add_scores(run, &metrics, registry).map_err(|error| error.to_string())?);
    }
    Ok(gained)
}

/// Draws the figure as its files will show it.
///
/// # Errors
/// A spec that asks for the impossible.
pub(crate) fn draw(spec: &FigureSpec, data: &FigureData) -> Told<Picture> {
    let figure = Figure::draw(spec.clone(), data.clone()).map_err(|error| error.to_string())?;
    let bytes = export::png(&figure.svg(), spec.font, figure.size(), RESOLUTION).map_err(|error| error.to_string())?;
    picture(&bytes).map_err(|error| format!("{error}, so the figure cannot be shown; its files can be written"))
}

fn picture(bytes: &[u8]) -> Result<Picture, png::DecodingError> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().unwrap_or_default()];
    let frame = reader.next_frame(&mut pixels)?;
    pixels.truncate(frame.buffer_size());
    let size = [frame.width as usize, frame.height as usize];
    Ok(Picture { size, rgba: Arc::new(pixels), number: NUMBER.fetch_add(1, Ordering::Relaxed) })
}
