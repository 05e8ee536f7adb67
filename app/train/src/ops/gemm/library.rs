//! Products by the `gemm` crate, for processors that our kernels do not know.

use super::{MatMut, MatRef, Operands, Product, Threads};
use crate::ops::floats::nearest_bf16;
use gemm::Parallelism;

/// Runs a product of matrices that fit together and are not empty.
pub fn run(product: Product, dst: MatMut, lhs: MatRef, rhs: MatRef) {
    match product.operands {
        Operands::F32 => multiply(product, dst, lhs, rhs),
        Operands::Bf16 => {
            let (left, right) = (rounded(lhs), rounded(rhs));
            multiply(product, dst, lhs.over(&left), rhs.over(&right));
        }
    }
}

fn rounded(matrix: MatRef) -> Vec<f32> {
    matrix.data().iter().map(|number| nearest_bf16(*number)).collect()
}

fn multiply(product: Product, mut dst: MatMut, lhs: MatRef, rhs: MatRef) {
    let parallelism = match product.threads {
        Threads::One => Parallelism::None,
        Threads::All => Parallelism::Rayon(0),
    };
    // SAFETY: constructors have checked that every element of the three views lies inside its buffer; `dst` is borrowed
    // exclusively, so it overlaps neither operand.
    unsafe {
        gemm::gemm(
            dst.rows(),
            dst.cols(),
            lhs.cols(),
            dst.as_mut_ptr(),
            1,
            dst.stride() as isize,
            product.accumulate,
            lhs.data().as_ptr(),
            lhs.strides().1 as isize,
            lhs.strides().0 as isize,
            rhs.data().as_ptr(),
            rhs.strides().1 as isize,
            rhs.strides().0 as isize,
            1.0,
            1.0,
            false,
            false,
            false,
            parallelism,
        );
    }
}
