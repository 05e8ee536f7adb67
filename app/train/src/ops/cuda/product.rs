//! Batched matrix products as cuBLAS wants them: bf16 or f32 operands, sums in f32.

use super::launch::{Call, fresh};
use candle_core::{DType, Result, Tensor, bail};

/// A product of matrices whose columns lie end to end, C = op(A)·op(B) (+ C): the arguments of `cublasGemmStridedBatchedEx`.
///
/// Our rows lie end to end, so C is the transposed result, A the right operand and B the left one.
#[derive(Clone, Copy, Debug)]
pub struct Gemm {
    /// Whether A and B are transposed.
    pub transposed: [bool; 2],
    /// Rows of C, columns of C, and what is summed over.
    pub sizes: [usize; 3],
    /// Distance of the columns of A, B and C.
    pub leading: [usize; 3],
    /// Distance of the batch's matrices of A, B and C.
    pub strides: [usize; 3],
    pub batch: usize,
    pub accumulate: bool,
    /// f32 or bf16, of both operands.
    pub operands: DType,
    /// f32 or bf16, of C.
    pub result: DType,
}

/// `result = lhs·rhs`, or `result += lhs·rhs` where products accumulate; over all leading dimensions alike.
///
/// Operands may be transposed views; the result is contiguous.
pub fn product(result: &Tensor, lhs: &Tensor, rhs: &Tensor, accumulate: bool) -> Result<()> {
    if lhs.dtype() != rhs.dtype() {
        bail!("operands of one type are wanted, not {:?} and {:?}", lhs.dtype(), rhs.dtype());
    }
    let (left, right) = (Matrices::of(lhs)?, Matrices::of(rhs)?);
    let (rows, columns) = (left.rows, right.columns);
    let fits = left.columns == right.rows && left.batch == right.batch;
    if !fits || result.elem_count() != left.batch * rows * columns {
        bail!("a product of {:?} and {:?} is not {:?}", lhs.dims(), rhs.dims(), result.dims());
    }
    let gemm = Gemm {
        transposed: [right.transposed, left.transposed],
        sizes: [columns, rows, left.columns],
        leading: [right.leading, left.leading, columns],
        strides: [right.rows * right.columns, left.rows * left.columns, rows * columns],
        batch: left.batch,
        accumulate,
        operands: lhs.dtype(),
        result: result.dtype(),
    };
    if gemm.sizes[0] * gemm.sizes[1] * gemm.batch == 0 {
        return Ok(());
    }
    Call::product(gemm).changed(result).read(rhs).read(lhs).run()
}

/// `lhs·rhs` in f32.
pub fn multiplied(lhs: &Tensor, rhs: &Tensor) -> Result<Tensor> {
    let result = fresh((lhs.dim(0)?, rhs.dim(1)?), DType::F32, lhs.device())?;
    product(&result, lhs, rhs, false)?;
    Ok(result)
}

/// The matrices of a tensor's last two dimensions.
struct Matrices {
    batch: usize,
    rows: usize,
    columns: usize,
    /// Whether rather the columns' numbers lie end to end.
    transposed: bool,
    leading: usize,
}

impl Matrices {
    fn of(tensor: &Tensor) -> Result<Self> {
        let (dims, strides) = (tensor.dims(), tensor.stride());
        let [.., rows, columns] = *dims else { bail!("a matrix is wanted, not {dims:?}") };
        let [batch_strides @ .., row, column] = strides else { bail!("a matrix is wanted, not {dims:?}") };
        let batch: usize = dims[..dims.len() - 2].iter().product();
        let (transposed, leading) = match (*row, *column) {
            (row, 1) => (false, row.max(columns)),
            (1, column) => (true, column.max(rows)),
            _ => bail!("rows or columns must lie end to end, not with strides {strides:?}"),
        };
        if batch > 1 && batch_strides.last() != Some(&(rows * columns)) {
            bail!("matrices of a batch must lie end to end, not with strides {strides:?}");
        }
        Ok(Self { batch, rows, columns, transposed, leading })
    }
}
