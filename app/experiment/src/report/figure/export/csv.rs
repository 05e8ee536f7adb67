//! The figure's numbers as CSV (RFC 4180), a number a line, for pandas and R.

use crate::report::figure::{At, FigureData, Panel, Point, Reference};

const HEADER: &str = "panel,role,series,at,of,mean,low,high,n";

/// Writes every point and every reference; what does not exist is empty.
pub fn write(data: &FigureData) -> String {
    let mut csv = format!("{HEADER}\r\n");
    for panel in &data.panels {
        for series in &panel.series {
            series.points.iter().for_each(|point| csv.push_str(&point_line(panel, &series.name, point)));
        }
        panel.references.iter().for_each(|reference| csv.push_str(&reference_line(panel, reference)));
    }
    csv
}

fn point_line(panel: &Panel, series: &str, point: &Point) -> String {
    line(&[
        quoted(&panel.title),
        "data".to_owned(),
        quoted(series),
        quoted(&point.at.text()),
        quoted(point.of.as_deref().unwrap_or_default()),
        point.mean.to_string(),
        or_empty(point.low),
        or_empty(point.high),
        point.n.to_string(),
    ])
}

fn reference_line(panel: &Panel, reference: &Reference) -> String {
    line(&[
        quoted(&panel.title),
        if reference.reported { "reported" } else { "reference" }.to_owned(),
        quoted(reference.series.as_deref().unwrap_or_default()),
        quoted(&reference.at.as_ref().map(At::text).unwrap_or_default()),
        quoted(&reference.name),
        reference.value.to_string(),
        or_empty(reference.low),
        or_empty(reference.high),
        String::new(),
    ])
}

fn line(fields: &[String; 9]) -> String {
    format!("{}\r\n", fields.join(","))
}

fn or_empty(number: Option<f64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
