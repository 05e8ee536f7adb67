//! Against scipy and statsmodels; `tests/golden/statistics/make_statistics.py` made the values.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::distribution::{normal_quantile, t_quantile, t_tail};
use super::*;

/// The cases under a key of the golden file.
fn golden<T: DeserializeOwned>(key: &str) -> T {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/statistics/statistics.json");
    let text = fs_err::read_to_string(path).unwrap();
    serde_json::from_value(serde_json::from_str::<Value>(&text).unwrap()[key].take()).unwrap()
}

#[track_caller]
fn close(found: f64, expected: f64) {
    let tolerance = 1e-9 * expected.abs() + 1e-12;
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

#[track_caller]
fn close_interval(found: Interval, [low, high]: [f64; 2]) {
    close(found.low, low);
    close(found.high, high);
}

fn median(values: &[f64]) -> f64 {
    let mut ascending = values.to_vec();
    ascending.sort_by(f64::total_cmp);
    quantile(&ascending, 0.5)
}

#[test]
fn bootstrap_intervals() {
    #[derive(Deserialize)]
    struct Case {
        values: Vec<f64>,
        statistic: String,
        resamples: usize,
        seed: u64,
        error: f64,
        intervals: Vec<Bounds>,
    }
    #[derive(Deserialize)]
    struct Bounds {
        level: f64,
        method: String,
        bounds: [f64; 2],
    }
    for Case { values, statistic, resamples, seed, error, intervals } in golden::<Vec<Case>>("bootstrap") {
        let statistic = if statistic == "mean" { |values: &[f64]| mean(values).unwrap() } else { median };
        let bootstrap = Bootstrap::of(&values, statistic, Resampling { resamples, seed }).unwrap();
        close(bootstrap.standard_error(), error);
        for Bounds { level, method, bounds } in intervals {
            let found = match method.as_str() {
                "percentile" => bootstrap.percentile(level),
                _ => bootstrap.bca(&jackknife(&values, statistic), level),
            };
            close_interval(found.unwrap(), bounds);
        }
    }
}

#[test]
fn paired_bootstrap_intervals() {
    #[derive(Deserialize)]
    struct Case {
        first: Vec<f64>,
        second: Vec<f64>,
        resamples: usize,
        seed: u64,
        bounds: [f64; 2],
    }
    let Case { first, second, resamples, seed, bounds } = golden("paired_bootstrap");
    let found = paired_bootstrap(&first, &second, Resampling { resamples, seed }).unwrap();
    close_interval(found.percentile(0.95).unwrap(), bounds);
}

#[test]
fn crossed_resamples() {
    #[derive(Deserialize)]
    struct Golden {
        scores: Vec<Vec<Vec<f64>>>,
        resamples: usize,
        seed: u64,
        cases: Vec<Case>,
    }
    #[derive(Deserialize)]
    struct Case {
        unit: Unit,
        weighting: Weighting,
        quantiles: [f64; 5],
    }
    let Golden { scores, resamples, seed, cases } = golden("crossed");
    let contrasts = [0, 1, 2].map(|run| Contrast::difference(run, run + 3));
    assert_eq!(cases.len(), 2 * Unit::ALL.len());
    for Case { unit, weighting, quantiles } in cases {
        let scores = scores.iter().map(|run| run.iter().map(Vec::as_slice).collect()).collect();
        let crossed = Crossed::new(scores, weighting).unwrap();
        let redrawn = crossed.redraw(unit, Resampling { resamples, seed }, &|_, _| ()).unwrap();
        let bootstrap = redrawn.over_seeds(&contrasts).unwrap();
        for (share, expected) in [0.025, 0.25, 0.5, 0.75, 0.975].into_iter().zip(quantiles) {
            let found = quantile(bootstrap.resampled(), share);
            assert!((found - expected).abs() < 1e-9, "{unit}, {weighting:?}: {found} is not {expected}");
        }
    }
}

#[test]
fn mcnemar_p_values() {
    #[derive(Deserialize)]
    struct Case {
        first: u64,
        second: u64,
        p: f64,
    }
    golden::<Vec<Case>>("mcnemar").into_iter().for_each(|case| close(mcnemar(case.first, case.second), case.p));
}

#[test]
fn sign_flip_p_values() {
    #[derive(Deserialize)]
    struct Case {
        differences: Vec<f64>,
        p: f64,
    }
    for Case { differences, p } in golden::<Vec<Case>>("sign_flip") {
        close(sign_flip(&differences, Resampling::default()).unwrap().p, p);
    }
}

#[test]
fn wilcoxon_p_values() {
    #[derive(Deserialize)]
    struct Case {
        differences: Vec<f64>,
        zeros: String,
        p: f64,
        statistic: f64,
    }
    for Case { differences, zeros, p, statistic } in golden::<Vec<Case>>("wilcoxon") {
        let zeros = match zeros.as_str() {
            "wilcox" => ZeroMethod::Wilcox,
            "pratt" => ZeroMethod::Pratt,
            _ => ZeroMethod::ZSplit,
        };
        let found = wilcoxon(&differences, zeros).unwrap();
        close(found.p, p);
        close(found.statistic, statistic);
    }
}

#[test]
fn wilson_intervals() {
    #[derive(Deserialize)]
    struct Case {
        successes: u64,
        trials: u64,
        level: f64,
        bounds: [f64; 2],
    }
    for Case { successes, trials, level, bounds } in golden::<Vec<Case>>("wilson") {
        close_interval(wilson(successes, trials, level).unwrap(), bounds);
    }
}

#[test]
fn corrected_p_values() {
    #[derive(Deserialize)]
    struct Case {
        raw: Vec<f64>,
        holm: Vec<f64>,
        benjamini_hochberg: Vec<f64>,
    }
    for Case { raw, holm, benjamini_hochberg } in golden::<Vec<Case>>("correction") {
        assert_eq!(Correction::None.apply(&raw), raw);
        for (correction, expected) in [(Correction::Holm, holm), (Correction::BenjaminiHochberg, benjamini_hochberg)] {
            correction.apply(&raw).into_iter().zip(expected).for_each(|(found, expected)| close(found, expected));
        }
    }
}

#[test]
fn equivalence_and_effect_sizes() {
    #[derive(Deserialize)]
    struct Case {
        differences: Vec<f64>,
        margin: f64,
        p: f64,
        p_lower: f64,
        p_upper: f64,
        bounds: [f64; 2],
        cohens_d: f64,
    }
    for case in golden::<Vec<Case>>("equivalence") {
        let found = equivalence(&case.differences, case.margin).unwrap();
        close(found.p, case.p);
        close(found.p_lower, case.p_lower);
        close(found.p_upper, case.p_upper);
        close_interval(found.interval, case.bounds);
        close(cohens_d(&case.differences).unwrap(), case.cohens_d);
    }
}

#[test]
fn two_way_components() {
    #[derive(Deserialize)]
    struct Case {
        table: Vec<Vec<f64>>,
        components: [f64; 3],
        mean: f64,
        error: f64,
    }
    for Case { table, components, mean, error } in golden::<Vec<Case>>("two_way") {
        let found = TwoWay::of(&table).unwrap();
        let Components { seeds, tasks, rest } = found.components();
        [seeds, tasks, rest].into_iter().zip(components).for_each(|(found, expected)| close(found, expected));
        close(found.estimate().mean, mean);
        close(found.estimate().error, error);
    }
}

#[test]
fn power_and_smallest_detectable_effects() {
    #[derive(Deserialize)]
    struct Case {
        units: usize,
        deviation: f64,
        level: f64,
        power: f64,
        effect: f64,
        power_of_half: f64,
    }
    for Case { units, deviation, level, power, effect, power_of_half } in golden::<Vec<Case>>("power") {
        let design = Design::paired(units, deviation, level).unwrap();
        let found = design.smallest_detectable(power).unwrap();
        assert!((found / effect - 1.0).abs() < 1e-6, "{found} is not {effect}");
        let found = design.power(effect / 2.0);
        assert!((found / power_of_half - 1.0).abs() < 1e-6, "{found} is not {power_of_half}");
    }
}

#[test]
fn quantiles_and_tails() {
    #[derive(Deserialize)]
    struct Golden {
        normal: Vec<[f64; 2]>,
        t: Vec<[f64; 3]>,
        t_tail: Vec<[f64; 3]>,
    }
    let Golden { normal, t, t_tail: tails } = golden("distribution");
    normal.into_iter().for_each(|[share, expected]| close(normal_quantile(share), expected));
    t.into_iter().for_each(|[freedom, share, expected]| {
        // The share next to 1 is itself only known to some seven digits of its distance from 1.
        let found = t_quantile(share, freedom);
        assert!((found - expected).abs() <= 1e-7 * expected.abs() + 1e-12, "{found} is not {expected}");
    });
    tails.into_iter().for_each(|[freedom, x, expected]| close(t_tail(x, freedom), expected));
}
