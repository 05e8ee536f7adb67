//! Loops over one row of numbers, compiled for several instruction sets and chosen when the program runs.

/// Numbers summed side by side, so that sums can use vector registers.
pub const LANES: usize = 16;

/// e^x to within 2 ulp over the range of f32; clamps instead of overflowing (Cephes' `expf`).
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    // Adding 1.5·2²³ rounds to an integer and leaves it in the low bits, which become the exponent.
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * 0.693_359_4) + n * 2.121_944_4e-4;
    let p = 1.987_569_1e-4;
    let p = p * r + 1.398_199_9e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 1.666_666_5e-1;
    let p = p * r + 5e-1;
    let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23));
    (p * r * r + r + 1.0) * power
}

/// tanh(x) from [`exp`].
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    // For small arguments the quotient would cancel; the series is exact there.
    let small = x * (1.0 - x * x * (1.0 / 3.0));
    let e = exp(2.0 * x);
    if x.abs() < 0.01 { small } else { 1.0 - 2.0 / (e + 1.0) }
}

/// GELU by tanh ("gelu_new") and its derivative.
#[inline(always)]
pub fn gelu(x: f32) -> (f32, f32) {
    const ROOT: f32 = 0.797_884_6; // √(2/π)
    let t = tanh(ROOT * (x + 0.044_715 * x * x * x));
    let value = 0.5 * x * (1.0 + t);
    let slope = 0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * ROOT * (1.0 + 3.0 * 0.044_715 * x * x);
    (value, slope)
}

macro_rules! lanes {
    ($(#[$doc:meta])* $vis:vis fn $name:ident $(<const $size:ident: usize>)? ($($arg:ident: $ty:ty),*) $(-> $ret:ty)? $body:block) => {
        $(#[$doc])*
        #[::multiversion::multiversion(targets(
            "x86_64+avx512f+avx512bw+avx512cd+avx512dq+avx512vl+avx2+fma",
            "x86_64+avx2+fma",
        ))]
        $vis fn $name $(<const $size: usize>)? ($($arg: $ty),*) $(-> $ret)? $body
    };
}
pub(crate) use lanes;

lanes! {
/// Σ aᵢbᵢ.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; LANES];
    let (a_chunks, b_chunks) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f32 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a_chunks.zip(b_chunks) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}
}

lanes! {
/// Largest number of a row.
pub fn max(row: &[f32]) -> f32 {
    let mut largest = [f32::NEG_INFINITY; LANES];
    let chunks = row.chunks_exact(LANES);
    let rest = chunks.remainder().iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for chunk in chunks {
        for lane in 0..LANES {
            largest[lane] = if chunk[lane] > largest[lane] { chunk[lane] } else { largest[lane] };
        }
    }
    largest.into_iter().fold(rest, f32::max)
}
}

lanes! {
/// Turns a row into e^(x − shift) and returns the sum.
pub fn exp_and_sum(row: &mut [f32], shift: f32) -> f32 {
    let mut sums = [0f32; LANES];
    let mut chunks = row.chunks_exact_mut(LANES);
    for chunk in &mut chunks {
        for lane in 0..LANES {
            chunk[lane] = exp(chunk[lane] - shift);
            sums[lane] += chunk[lane];
        }
    }
    let mut total = sums.iter().sum::<f32>();
    for x in chunks.into_remainder() {
        *x = exp(*x - shift);
        total += *x;
    }
    total
}
}

lanes! {
/// Multiplies a row by a number.
pub fn scale(row: &mut [f32], factor: f32) {
    for x in row {
        *x *= factor;
    }
}
}

lanes! {
/// Adds one row to another.
pub fn add(row: &mut [f32], other: &[f32]) {
    for (x, y) in row.iter_mut().zip(other) {
        *x += y;
    }
}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_and_tanh_follow_the_library() {
        for i in -8000..8000 {
            let x = i as f32 * 0.01;
            assert!((exp(x) / x.exp() - 1.0).abs() < 4e-7, "exp({x}) = {} not {}", exp(x), x.exp());
            assert!((tanh(x) - x.tanh()).abs() < 3e-7, "tanh({x}) = {} not {}", tanh(x), x.tanh());
        }
    }

    #[test]
    fn gelu_slope_is_the_difference_quotient() {
        for i in -60..60 {
            let (x, h) = (i as f32 * 0.1, 1e-2);
            let quotient = (gelu(x + h).0 - gelu(x - h).0) / (2.0 * h);
            assert!((gelu(x).1 - quotient).abs() < 1e-3, "at {x}: {} not {quotient}", gelu(x).1);
        }
    }

    #[test]
    fn sums_cover_the_remainder() {
        let row: Vec<f32> = (0..37).map(|i| i as f32).collect();
        assert_eq!(dot(&row, &row), (0..37).map(|i| (i * i) as f32).sum::<f32>());
        assert_eq!(max(&row), 36.0);
        let mut powers = vec![0f32; 21];
        assert_eq!(exp_and_sum(&mut powers, 0.0), 21.0);
    }
}
