//! Comparing: records from a folder, the answer to a question, the chart's numbers, the exported figure as a picture.

use crate::message::Told;
use crate::state::Picture;
use placebo_experiment::report::figure::collect::{Choice, Runs, figure_data};
use placebo_experiment::report::figure::{Figure, FigureData, FigureSpec, Kind, export};
use placebo_experiment::report::{Comparison, Question, Record, compare, read_records};
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Pixels per inch of the picture of a figure.
const RESOLUTION: u32 = 220;

/// Reads all records at or below `folder`; unreadable ones are told of by the watcher.
///
/// # Errors
/// A folder that cannot be read or has no runs.
pub(crate) fn read(folder: &Path) -> Told<Arc<Vec<Record>>> {
    read_records(folder).map(|(records, _)| Arc::new(records)).map_err(|error| error.to_string())
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
pub(crate) fn chart(records: &[Record], comparison: &Comparison, kind: Kind) -> Told<Arc<FigureData>> {
    let runs = Runs { records, comparison };
    let choice = Choice::default();
    figure_data(kind, runs, &choice).map(|data| Arc::new(data.settled())).map_err(|error| error.to_string())
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
