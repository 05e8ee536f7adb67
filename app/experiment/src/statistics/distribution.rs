//! Distribution functions, from `statrs`, in the shapes that the tests need.

use statrs::distribution::{Continuous, ContinuousCDF, Normal, StudentsT};
use statrs::function::{beta::beta_reg, gamma::ln_gamma};

/// The standard normal distribution function.
pub(super) fn normal_cdf(x: f64) -> f64 {
    Normal::standard().cdf(x)
}

/// The share of a standard normal distribution above `x`, exact far out as well.
pub(super) fn normal_tail(x: f64) -> f64 {
    Normal::standard().sf(x)
}

/// The standard normal quantile; infinite at 0 and 1.
pub(super) fn normal_quantile(share: f64) -> f64 {
    Normal::standard().inverse_cdf(share)
}

/// The share of Student's t distribution above `x`.
pub(super) fn t_tail(x: f64, freedom: f64) -> f64 {
    student(freedom).sf(x)
}

/// Student's t quantile: statrs's, which loses digits far out, improved by Newton's method on the tail.
pub(super) fn t_quantile(share: f64, freedom: f64) -> f64 {
    const STEPS: usize = 50;
    let student = student(freedom);
    let tail = share.min(1.0 - share);
    let mut x = student.inverse_cdf(1.0 - tail);
    for _ in 0..STEPS {
        let step = (student.sf(x) - tail) / student.pdf(x);
        x += step;
        if step.abs() <= 1e-15 * x {
            break;
        }
    }
    if share < 0.5 { -x } else { x }
}

fn student(freedom: f64) -> StudentsT {
    StudentsT::new(0.0, 1.0, freedom).expect("callers refuse samples without a degree of freedom")
}

/// The chance of at most `successes` of `trials` fair coins, `successes` being fewer than `trials`.
pub(super) fn fair_coin_cdf(successes: u64, trials: u64) -> f64 {
    beta_reg((trials - successes) as f64, successes as f64 + 1.0, 0.5)
}

/// The distribution function of the noncentral t: the mean of Φ(x·u − noncentrality) over u = √(χ²/freedom), by
/// Simpson's rule over ten deviations of u on either side of 1.
pub(super) fn noncentral_t_cdf(x: f64, freedom: f64, noncentrality: f64) -> f64 {
    const STEPS: usize = 8000;
    let reach = 10.0 / (2.0 * freedom).sqrt();
    let low = (1.0 - reach).max(0.0);
    let step = (1.0 + reach - low) / STEPS as f64;
    let height = |at: usize| {
        let u = low + at as f64 * step;
        scaled_chi_density(u, freedom) * normal_cdf(x * u - noncentrality)
    };
    let inner: f64 = (1..STEPS).map(|at| height(at) * if at % 2 == 1 { 4.0 } else { 2.0 }).sum();
    (height(0) + inner + height(STEPS)) * step / 3.0
}

/// The density of √(χ²/freedom).
fn scaled_chi_density(u: f64, freedom: f64) -> f64 {
    let half = 0.5 * freedom;
    let powers = if freedom == 1.0 { 0.0 } else { (freedom - 1.0) * u.ln() };
    (std::f64::consts::LN_2 + half * half.ln() - ln_gamma(half) + powers - half * u * u).exp()
}
