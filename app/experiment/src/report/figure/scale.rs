//! Scales: from numbers to shares of an axis, and the round numbers that stand at its ticks.

/// A stretch of numbers laid along an axis; it may run downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The number at the axis' beginning.
    pub from: f64,
    /// The number at its end.
    pub to: f64,
    /// Whether equal ratios are equally far apart.
    pub log: bool,
}

impl Scale {
    /// Equal differences equally far apart.
    pub fn linear(from: f64, to: f64) -> Self {
        Self { from, to, log: false }
    }

    /// The places of `count` names: 0 to `count` - 1, half a place of room at both ends.
    pub fn names(count: usize) -> Self {
        Self::linear(-0.5, count as f64 - 0.5)
    }

    /// The scale run from its end to its beginning.
    pub fn reversed(self) -> Self {
        Self { from: self.to, to: self.from, ..self }
    }

    /// How far along the axis a number lies: 0 at the beginning, 1 at the end.
    pub fn share(&self, number: f64) -> f64 {
        let warp = |number: f64| if self.log { number.max(f64::MIN_POSITIVE).ln() } else { number };
        let (from, to) = (warp(self.from), warp(self.to));
        if from == to { 0.5 } else { (warp(number) - from) / (to - from) }
    }

    /// Whether a number lies on the axis.
    pub fn contains(&self, number: f64) -> bool {
        (-1e-9..=1.0 + 1e-9).contains(&self.share(number))
    }

    /// Round numbers on the axis, at most `most` of them and two where it can be.
    pub fn ticks(&self, most: usize) -> Vec<f64> {
        if self.log { self.powers(most) } else { self.multiples(step(self.from, self.to, most)) }
    }

    fn multiples(&self, step: f64) -> Vec<f64> {
        let first = (self.from.min(self.to) / step - 1e-9).ceil() as i64;
        let last = (self.from.max(self.to) / step + 1e-9).floor() as i64;
        (first..=last).map(|count| multiple(count, step)).collect()
    }

    /// 1, 2 and 5 times powers of ten, or the powers alone where those are too many.
    fn powers(&self, most: usize) -> Vec<f64> {
        let (low, high) = (self.from.log10().floor() as i32, self.to.log10().ceil() as i32);
        let steps = |factors: &'static [f64]| {
            let all = (low..=high).flat_map(move |power| factors.iter().map(move |factor| factor * 10_f64.powi(power)));
            all.filter(|number| self.contains(*number)).collect::<Vec<_>>()
        };
        let fine = steps(&[1.0, 2.0, 5.0]);
        if fine.len() <= most { fine } else { steps(&[1.0]) }
    }

    /// The scale widened to whole steps, so that its ends are ticks.
    pub fn rounded_out(self, most: usize) -> Self {
        if self.log || self.from == self.to {
            return self;
        }
        let step = step(self.from, self.to, most);
        let out = |number: f64, round: fn(f64) -> f64, hair: f64| multiple(round(number / step + hair) as i64, step);
        Self { from: out(self.from, f64::floor, 1e-9), to: out(self.to, f64::ceil, -1e-9), ..self }
    }
}

/// A multiple of a round step without the noise of binary fractions.
fn multiple(count: i64, step: f64) -> f64 {
    let number = count as f64 * step;
    let digits = 10_f64.powi((3.0 - step.abs().log10().floor()).max(0.0) as i32);
    (number * digits).round() / digits
}

/// The smallest round step that makes at most `most` ticks.
fn step(from: f64, to: f64, most: usize) -> f64 {
    let rough = (to - from).abs() / (most.max(2) - 1) as f64;
    let power = 10_f64.powf(rough.log10().floor());
    let fits = |factor: &f64| factor * power >= rough * (1.0 - 1e-9);
    [1.0, 2.0, 5.0, 10.0].into_iter().find(fits).unwrap_or(10.0) * power
}

/// Numbers as ticks show them: no more decimals than tell them apart.
pub fn tick_labels(ticks: &[f64]) -> Vec<String> {
    let needs = |tick: f64| (0..4).find(|decimals| (tick * 10_f64.powi(*decimals)).fract().abs() < 1e-6).unwrap_or(4);
    let decimals = ticks.iter().map(|tick| needs(tick.abs())).max().unwrap_or(0) as usize;
    ticks.iter().map(|tick| signed(*tick, if tick.abs() < 1e4 { decimals } else { 0 })).collect()
}

/// A number with a true minus sign, and thousands set apart from 10,000 on.
pub fn signed(number: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", number.abs());
    let zero = text.chars().all(|c| c == '0' || c == '.');
    let text = if number.abs() >= 1e4 { with_thousands(&text) } else { text };
    if number < 0.0 && !zero { format!("−{text}") } else { text }
}

fn with_thousands(text: &str) -> String {
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_not_too_many() {
        assert_eq!(Scale::linear(0.0, 57.3).ticks(6), [0.0, 20.0, 40.0]);
        assert_eq!(Scale::linear(0.0, 60.0).ticks(7), [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0]);
        assert_eq!(Scale::linear(0.1, 0.34).ticks(4), [0.1, 0.2, 0.3]);
        assert_eq!(Scale::linear(-3.0, 3.0).ticks(4), [-2.0, 0.0, 2.0]);
        let log = Scale { from: 10.0, to: 800.0, log: true };
        assert_eq!(log.ticks(6), [10.0, 20.0, 50.0, 100.0, 200.0, 500.0]);
        assert_eq!(log.ticks(4), [10.0, 100.0]);
        for most in 2..9 {
            for (from, to) in [(0.0, 1.0), (12.3, 12.4), (-7.0, 93.0), (0.0, 2431.0)] {
                let count = Scale::linear(from, to).ticks(most).len();
                assert!(count <= most, "{count} of {most} from {from} to {to}");
            }
        }
    }

    #[test]
    fn an_axis_is_widened_to_ticks() {
        assert_eq!(Scale::linear(12.0, 57.3).rounded_out(6), Scale::linear(10.0, 60.0));
        assert_eq!(Scale::linear(0.0, 60.0).rounded_out(4), Scale::linear(0.0, 60.0));
        assert_eq!(Scale::linear(-0.3, 0.7).rounded_out(6), Scale::linear(-0.4, 0.8));
    }

    #[test]
    fn shares_follow_ratios_on_a_logarithmic_axis() {
        let log = Scale { from: 10.0, to: 1000.0, log: true };
        assert!((log.share(100.0) - 0.5).abs() < 1e-12);
        assert_eq!(Scale::names(2).share(0.0), 0.25);
        assert_eq!(Scale::names(2).reversed().share(0.0), 0.75);
        assert_eq!(Scale::linear(5.0, 5.0).share(5.0), 0.5);
    }

    #[test]
    fn labels_have_the_decimals_that_they_need() {
        assert_eq!(tick_labels(&[0.0, 0.25, 0.5]), ["0.00", "0.25", "0.50"]);
        assert_eq!(tick_labels(&[-10.0, 0.0]), ["−10", "0"]);
        assert_eq!(tick_labels(&[20_000.0]), ["20,000"]);
        assert_eq!(signed(-0.04, 1), "0.0");
    }
}
