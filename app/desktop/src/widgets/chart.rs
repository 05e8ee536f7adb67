//! Charts: bars with intervals, lines over sizes, curves of a run; each says its numbers in a sentence as well.

mod bars;
mod curves;
mod lines;
mod scatter;
mod slope;
mod words;

pub use bars::bars;
pub use curves::{CurvesShown, curves};
pub use lines::lines;
pub use scatter::scatter;
pub use slope::slope;

use crate::state::Picture;
use crate::theme::colours;
use egui::accesskit::Role;
use egui::{Color32, ColorImage, Id, Response, TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo};
use egui_plot::{GridInput, GridMark, Plot};

/// Points of height that a mark of the vertical axis takes.
const BETWEEN_MARKS: f64 = 44.0;

/// The height of a chart that is the main thing on a page: a share of the window's, within reason.
pub fn tall(ui: &Ui, share: f32) -> f32 {
    (ui.ctx().content_rect().height() * share).clamp(180.0, 900.0)
}

/// A plot that is looked at and not moved about.
fn still<'a>(ui: &Ui, name: &str, height: f32) -> Plot<'a> {
    Plot::new(name)
        .height(height)
        .grid_color(colours(ui).line)
        .show_grid([false, true])
        .grid_spacing(1.0..=2.0)
        .x_grid_spacer(|input| marks(&input, 6.0))
        .x_axis_formatter(|mark, _| mark_text(mark))
        .y_axis_formatter(|mark, _| mark_text(mark))
        .y_grid_spacer(move |input| marks(&input, f64::from(height) / BETWEEN_MARKS))
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .allow_axis_zoom_drag(false)
        .show_crosshair(false)
        .show_background(false)
        .set_margin_fraction(Vec2::new(0.02, 0.08))
}

/// About so many marks at round numbers, all of one weight.
fn marks(input: &GridInput, wanted: f64) -> Vec<GridMark> {
    let (low, high) = input.bounds;
    let rough = ((high - low) / wanted).max(f64::MIN_POSITIVE);
    let unit = 10f64.powf(rough.log10().floor());
    let step_size = [1.0, 2.0, 5.0, 10.0].map(|round| round * unit).into_iter().find(|step| *step >= rough);
    let step_size = step_size.unwrap_or(unit);
    let places = (low / step_size).ceil() as i64..=(high / step_size).floor() as i64;
    places.map(|place| GridMark { value: place as f64 * step_size, step_size }).collect()
}

/// A mark's number with as many digits behind the point as its neighbours need to differ.
fn mark_text(mark: GridMark) -> String {
    let decimals = (-mark.step_size.log10().floor()).clamp(0.0, 6.0) as usize;
    format!("{:.decimals$}", mark.value + 0.0)
}

/// Gives a chart its sentence.
fn told(response: &Response, sentence: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, sentence));
}

/// The figure as its files show it, on white paper.
pub fn figure(ui: &mut Ui, picture: &Picture, sentence: &str) {
    let id = Id::unique("picture of the figure");
    let kept: Option<(u64, TextureHandle)> = ui.data(|data| data.get_temp(id));
    let texture = match kept {
        Some((number, texture)) if number == picture.number => texture,
        _ => {
            let image = ColorImage::from_rgba_unmultiplied(picture.size, &picture.rgba);
            let texture = ui.ctx().load_texture("figure", image, TextureOptions::LINEAR);
            ui.data_mut(|data| data.insert_temp(id, (picture.number, texture.clone())));
            texture
        }
    };
    let natural = texture.size_vec2() / 2.0;
    let scale = (ui.available_width() / natural.x).min(1.0);
    let image = egui::Image::new(&texture).fit_to_exact_size(natural * scale).bg_fill(Color32::WHITE);
    told(&ui.add(image), sentence);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_at_round_numbers() {
        let at = |low, high| {
            let input = GridInput { bounds: (low, high), base_step_size: 0.1 };
            marks(&input, 4.0).iter().map(|mark| mark.value).collect::<Vec<_>>()
        };
        assert_eq!(at(-1.0, 52.0), [0.0, 20.0, 40.0]);
        assert_eq!(at(0.0, 8.4), [0.0, 5.0]);
        assert_eq!(at(0.0, 450.0), [0.0, 200.0, 400.0]);
        let text = |value, step_size| mark_text(GridMark { value, step_size });
        assert_eq!([text(0.5, 0.5), text(20.0, 20.0), text(-0.0, 1.0)], ["0.5", "20", "0"]);
    }
}
