"""Golden values of Placebo's statistics, from scipy and statsmodels.

    pip install scipy statsmodels
    python tests/golden/statistics/make_statistics.py

Writes statistics.json beside this file; app/experiment/src/statistics/golden.rs compares. Bootstraps are compared on
the same resamples: the generator and the order of its draws are transcribed here from their documentation, the
intervals are scipy's. All data are made up.
"""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import ttost_paired

MASK = (1 << 64) - 1


class Rng:
    """SplitMix64, as documented in plugin-api."""

    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        return mix(self.state)

    def below(self, n):
        while True:
            product = self.next() * n
            if product & MASK >= (1 << 64) % n:
                return product >> 64


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def seed_of(parts):
    state = 0xCBF29CE484222325
    for part in parts:
        part = part.encode()
        for byte in len(part).to_bytes(8, "little") + part:
            state = ((state ^ byte) * 0x100000001B3) & MASK
    return mix(state)


def generator(seed, index):
    return Rng(Rng((seed + 0xD1342543DE82EF95 * (index + 1)) & MASK).next())


def resampled(values, statistic, resamples, seed):
    """The statistic of every resample: n draws below n from the resample's own generator."""
    found = []
    for index in range(resamples):
        rng = generator(seed, index)
        found.append(statistic([values[rng.below(len(values))] for _ in values]))
    return np.array(found)


def interval(values, statistic, distribution, method, level):
    """scipy's interval of a distribution that is already there."""
    given = SimpleNamespace(bootstrap_distribution=distribution)
    found = stats.bootstrap(
        (values,), statistic, n_resamples=0, bootstrap_result=given, method=method, confidence_level=level
    )
    return [float(bound) for bound in found.confidence_interval]


STATISTICS = {"mean": np.mean, "median": np.median}


def bootstraps(rng):
    samples = {"normal": rng.normal(1, 4, 30), "skewed": rng.exponential(5, 12), "few": np.array([1.5, -2.0, 4.25])}
    cases = []
    for name, sample in samples.items():
        sample = sample.round(3).tolist()
        for statistic in STATISTICS if name != "few" else ["mean"]:
            distribution = resampled(sample, STATISTICS[statistic], 1000, seed := len(cases) + 7)
            intervals = [
                {"level": level, "method": method, "bounds": bounds}
                for level in [0.9, 0.95]
                for method in ["percentile", "BCa"]
                for bounds in [interval(sample, STATISTICS[statistic], distribution, method, level)]
            ]
            error = float(distribution.std(ddof=1))
            cases.append(
                {"values": sample, "statistic": statistic, "resamples": 1000, "seed": seed, "error": error, "intervals": intervals}
            )
    return cases


def paired(rng):
    first = rng.normal(50, 10, 25).round(2)
    second = (first - rng.normal(2, 3, 25)).round(2)
    differences = first - second
    distribution = resampled(differences.tolist(), np.mean, 1000, 21)
    bounds = interval(differences, np.mean, distribution, "percentile", 0.95)
    return {"first": first.tolist(), "second": second.tolist(), "resamples": 1000, "seed": 21, "bounds": bounds}


def crossed(rng):
    """Two conditions × three seeds × four tasks of unequal length, the difference of the conditions, all units."""
    lengths = [3, 5, 2, 4]
    scores = [[rng.integers(0, 101, length).tolist() for length in lengths] for _ in range(6)]
    units = {"seeds": "s", "tasks": "t", "instances": "i", "seeds-and-tasks": "st", "seeds-tasks-and-instances": "sti"}
    cases = []
    for unit, levels in units.items():
        for weighting in ["tasks", "instances"]:
            means = [redraw(scores, lengths, levels, weighting, 500, 4, index) for index in range(500)]
            quantiles = np.quantile(means, [0.025, 0.25, 0.5, 0.75, 0.975]).tolist()
            cases.append({"unit": unit, "weighting": weighting, "quantiles": quantiles})
    return {"scores": scores, "resamples": 500, "seed": 4, "cases": cases}


def redraw(scores, lengths, levels, weighting, resamples, seed, index):
    rng = generator(seed, index)
    tasks = [rng.below(len(lengths)) for _ in lengths] if "t" in levels else list(range(len(lengths)))
    total, weight = np.zeros(6), 0.0
    for task in sorted(tasks):
        length = lengths[task]
        drawn = [rng.below(length) for _ in range(length)] if "i" in levels else list(range(length))
        share = 1.0 if weighting == "tasks" else length
        total += share * np.array([np.mean([run[task][at] for at in drawn]) for run in scores])
        weight += share
    means = total / weight
    rng = generator(seed_of(["seeds", str(seed)]), index)
    drawn = [rng.below(3) for _ in range(3)] if "s" in levels else [0, 1, 2]
    return float(np.mean([means[at] - means[at + 3] for at in drawn]))


def mcnemars():
    pairs = [(0, 0), (0, 1), (1, 5), (3, 3), (0, 12), (25, 9), (180, 240), (4, 900)]
    return [
        {"first": b, "second": c, "p": float(mcnemar([[5, b], [c, 7]], exact=True).pvalue) if b + c else 1.0}
        for b, c in pairs
    ]


def sign_flips(rng):
    samples = [[1.0, 2.0, 3.0], [0.4, -0.1, 0.9, 1.2, -0.3], rng.normal(0.4, 1, 10).round(3).tolist(), [1.0, 1.0, -1.0, 1.0, 0.0]]
    return [
        {
            "differences": sample,
            "p": float(
                stats.permutation_test(
                    (sample,), lambda d, axis: np.mean(d, axis=axis), permutation_type="samples", n_resamples=np.inf, vectorized=True
                ).pvalue
            ),
        }
        for sample in samples
    ]


def wilcoxons(rng):
    samples = {
        "few": rng.normal(0.5, 1, 7).round(3),
        "fifty": rng.normal(0.3, 1, 50),
        "more": rng.normal(0.2, 1, 119),
        "few with ties": np.array([1.0, -1.0, 2.0, 2.0, 0.0, 3.0, -0.5]),
        "thirteen with zeros": np.array([0, 0, 1, 2, -3, 4, 5, 5, -1, 2, 0, 7, 1.0]),
        "many with ties": rng.integers(-3, 6, 57).astype(float),
        "forty with zeros": rng.integers(-4, 6, 40).astype(float),
    }
    return [
        {"differences": sample.tolist(), "zeros": zeros, "p": float(found.pvalue), "statistic": float(found.statistic)}
        for sample in samples.values()
        for zeros in ["wilcox", "pratt", "zsplit"]
        for found in [stats.wilcoxon(sample, zero_method=zeros)]
    ]


def wilsons():
    cases = [(0, 10, 0.95), (10, 10, 0.95), (3, 7, 0.9), (57, 100, 0.95), (5038, 11810, 0.99)]
    return [
        {"successes": k, "trials": n, "level": level, "bounds": list(map(float, proportion_confint(k, n, 1 - level, "wilson")))}
        for k, n, level in cases
    ]


def corrections(rng):
    samples = [[0.04], [0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.9], [0.0, 1.0, 0.02, 0.02], rng.uniform(0, 0.2, 12).tolist()]
    corrected = lambda sample, method: multipletests(sample, method=method)[1].tolist()
    return [{"raw": s, "holm": corrected(s, "holm"), "benjamini_hochberg": corrected(s, "fdr_bh")} for s in samples]


def equivalences(rng):
    cases = []
    for n, shift, margin in [(3, 0.2, 1.5), (57, 0.5, 1.0), (119, -0.8, 1.0), (30, 0.0, 0.2)]:
        first = rng.normal(50, 5, n).round(3)
        second = (first - rng.normal(shift, 2, n)).round(3)
        p, lower, upper = ttost_paired(first, second, -margin, margin)
        differences = first - second
        bounds = stats.ttest_1samp(differences, 0).confidence_interval(0.9)
        cases.append(
            {"differences": differences.tolist(), "margin": margin, "p": float(p), "p_lower": float(lower[1]),
             "p_upper": float(upper[1]), "bounds": [float(bounds.low), float(bounds.high)],
             "cohens_d": float(differences.mean() / differences.std(ddof=1))}
        )
    return cases


def two_ways(rng):
    """Components of variance from the mean squares of statsmodels' analysis of variance."""
    cases = []
    for seeds, tasks, by_seed in [(2, 5, 3.0), (4, 12, 1.0), (6, 20, 0.0)]:
        table = rng.normal(0, by_seed, (seeds, 1)) + rng.normal(1, 2, (1, tasks)) + rng.normal(0, 1, (seeds, tasks))
        long = [(s, t, table[s, t]) for s in range(seeds) for t in range(tasks)]
        model = ols("y ~ C(seed) + C(task)", pd.DataFrame(long, columns=["seed", "task", "y"])).fit()
        squares = anova_lm(model)["mean_sq"]
        between_seeds, between_tasks, rest = (float(squares[key]) for key in ["C(seed)", "C(task)", "Residual"])
        components = [(between_seeds - rest) / tasks, (between_tasks - rest) / seeds, rest]
        variance = max(between_seeds + between_tasks - rest, between_seeds, between_tasks) / (seeds * tasks)
        cases.append({"table": table.tolist(), "components": np.sqrt(np.maximum(components, 0)).tolist(),
                      "mean": float(table.mean()), "error": variance**0.5})
    return cases


def powers():
    cases = []
    for units, deviation, level, power in [(3, 1.0, 0.05, 0.8), (5, 2.5, 0.05, 0.9), (57, 8.0, 0.05, 0.8), (119, 6.0, 0.01, 0.8)]:
        test = TTestPower()
        effect = float(test.solve_power(nobs=units, alpha=level, power=power, alternative="two-sided"))
        half = float(test.power(effect / 2, units, level, alternative="two-sided"))
        cases.append({"units": units, "deviation": deviation, "level": level, "power": power,
                      "effect": effect * deviation, "power_of_half": half})
    return cases


def distributions():
    shares = [1e-6, 0.001, 0.025, 0.3, 0.5, 0.8, 0.95, 0.995, 1 - 1e-9]
    return {
        "normal": [[share, float(stats.norm.ppf(share))] for share in shares],
        "t": [[freedom, share, float(stats.t.ppf(share, freedom))] for freedom in [1, 2, 4, 56, 118] for share in shares],
        "t_tail": [[freedom, x, float(stats.t.sf(x, freedom))] for freedom in [1, 2, 56, 118] for x in [-3, 0.5, 4, 12]],
    }


def main():
    rng = np.random.default_rng(2305)
    golden = {
        "bootstrap": bootstraps(rng),
        "paired_bootstrap": paired(rng),
        "crossed": crossed(rng),
        "mcnemar": mcnemars(),
        "sign_flip": sign_flips(rng),
        "wilcoxon": wilcoxons(rng),
        "wilson": wilsons(),
        "correction": corrections(rng),
        "equivalence": equivalences(rng),
        "two_way": two_ways(rng),
        "power": powers(),
        "distribution": distributions(),
    }
    Path(__file__).with_name("statistics.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
