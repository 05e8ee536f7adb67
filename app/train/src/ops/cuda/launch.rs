//! A call on the GPU: a kernel or a matrix product with its arguments, which are opened one after another and handed
//! over together.

use super::product::Gemm;
use super::{driver, emulator};
use crate::ops::dropout::Dropout;
use candle_core::{CpuStorage, CudaStorage, DType, Device, InplaceOp1, Layout, Result, Shape, Storage, Tensor, bail};
use std::cell::RefCell;

/// Numbers of a piece that one block sums in `squares`, and rows of one in `rms_norm_weight_slopes`.
pub const PIECE: usize = 1 << 14;
pub const PIECE_ROWS: usize = 64;

/// An argument as a kernel takes it.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    Address(u64),
    Count(u32),
    Size(u64),
    Number(f32),
}

/// How many blocks a kernel takes.
#[derive(Clone, Copy, Debug)]
pub enum Grid {
    Blocks(usize),
    /// One thread each.
    Threads(usize),
    /// So many rows, each of so many columns with a thread each.
    Tiles(usize, usize),
}

/// What is called.
#[derive(Clone, Copy, Debug)]
enum Work {
    Kernel(&'static str, Grid),
    Product(Gemm),
}

enum Argument {
    Changed(Tensor),
    Read(Tensor),
    Plain(Value),
}

/// A call that gathers its arguments, in the order of the kernel's own.
pub struct Call {
    work: Work,
    arguments: Vec<Argument>,
}

impl Call {
    /// Of a kernel.
    pub fn kernel(name: &'static str, grid: Grid) -> Self {
        Self { work: Work::Kernel(name, grid), arguments: Vec::new() }
    }

    /// Of a matrix product.
    pub fn product(gemm: Gemm) -> Self {
        Self { work: Work::Product(gemm), arguments: Vec::new() }
    }

    /// A tensor whose numbers are written.
    pub fn changed(self, tensor: &Tensor) -> Self {
        self.with(Argument::Changed(tensor.clone()))
    }

    /// A tensor to write, or a null pointer.
    pub fn changed_any(self, tensor: Option<&Tensor>) -> Self {
        match tensor {
            Some(tensor) => self.changed(tensor),
            None => self.with(Argument::Plain(Value::Address(0))),
        }
    }

    /// A tensor that is only read.
    pub fn read(self, tensor: &Tensor) -> Self {
        self.with(Argument::Read(tensor.clone()))
    }

    /// A tensor to read, or a null pointer.
    pub fn read_any(self, tensor: Option<&Tensor>) -> Self {
        match tensor {
            Some(tensor) => self.read(tensor),
            None => self.with(Argument::Plain(Value::Address(0))),
        }
    }

    /// A `u32`.
    pub fn count(self, count: usize) -> Self {
        self.with(Argument::Plain(Value::Count(count as u32)))
    }

    /// A `u64`.
    pub fn size(self, size: u64) -> Self {
        self.with(Argument::Plain(Value::Size(size)))
    }

    /// A `float`.
    pub fn number(self, number: f32) -> Self {
        self.with(Argument::Plain(Value::Number(number)))
    }

    /// The four arguments that a kernel makes its masks from.
    pub fn dropped(self, dropout: &Dropout, device: &Device) -> Result<Self> {
        let (keys, odds) = (dropout.keys_on(device)?, dropout.odds());
        Ok(self.read_any(keys.as_ref()).size(dropout.site()).count(odds.threshold as usize).number(odds.scale))
    }

    fn with(mut self, argument: Argument) -> Self {
        self.arguments.push(argument);
        self
    }

    /// Queues the call on the device of its tensors, which it does not wait for.
    pub fn run(self) -> Result<()> {
        let device = self.arguments.iter().find_map(|argument| match argument {
            Argument::Changed(tensor) | Argument::Read(tensor) => Some(tensor.device().clone()),
            Argument::Plain(_) => None,
        });
        let Some(device) = device else { bail!("a call without a tensor has no device") };
        Opening { call: &self, device: &device, values: RefCell::new(Vec::new()) }.open_next()
    }
}

/// A call some of whose arguments are open: the locks of their storages are held below on the stack.
struct Opening<'a> {
    call: &'a Call,
    device: &'a Device,
    values: RefCell<Vec<Value>>,
}

impl Opening<'_> {
    fn open_next(&self) -> Result<()> {
        let opened = self.values.borrow().len();
        match self.call.arguments.get(opened) {
            None => self.hand_over(),
            Some(Argument::Plain(value)) => self.go_on(*value),
            Some(Argument::Changed(tensor)) => tensor.inplace_op1(self),
            Some(Argument::Read(tensor)) => {
                let (storage, layout) = tensor.storage_and_layout();
                let address = match &*storage {
                    Storage::Cpu(storage) => emulator::address(storage, self.offset(layout)?)?,
                    Storage::Cuda(storage) => driver::address(storage, self.offset(layout)?)?,
                    Storage::Metal(_) => bail!("CUDA kernels do not run on Metal"),
                };
                self.go_on(Value::Address(address))
            }
        }
    }

    fn go_on(&self, value: Value) -> Result<()> {
        self.values.borrow_mut().push(value);
        self.open_next()
    }

    /// Where the numbers begin; kernels take contiguous tensors only, products say their strides.
    fn offset(&self, layout: &Layout) -> Result<usize> {
        if matches!(self.call.work, Work::Kernel(..)) && !layout.is_contiguous() {
            bail!("a contiguous tensor is wanted, not strides {:?}", layout.stride());
        }
        Ok(layout.start_offset())
    }

    fn hand_over(&self) -> Result<()> {
        let values = self.values.borrow();
        match (self.call.work, self.device) {
            (Work::Kernel(name, grid), device) => match (grid.blocks(device), device) {
                (0, _) => Ok(()),
                (blocks, Device::Cpu) => emulator::launch(name, blocks, &values),
                (blocks, Device::Cuda(device)) => driver::launch(device, name, blocks, &values),
                (_, Device::Metal(_)) => bail!("CUDA kernels do not run on Metal"),
            },
            (Work::Product(gemm), Device::Cpu) => emulator::product(gemm, &values),
            (Work::Product(gemm), Device::Cuda(device)) => driver::product(device, gemm, &values),
            (Work::Product(_), Device::Metal(_)) => bail!("CUDA kernels do not run on Metal"),
        }
    }
}

impl InplaceOp1 for Opening<'_> {
    fn name(&self) -> &'static str {
        "cuda-call"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        self.go_on(Value::Address(emulator::address(storage, self.offset(layout)?)?))
    }

    fn cuda_fwd(&self, storage: &mut CudaStorage, layout: &Layout) -> Result<()> {
        self.go_on(Value::Address(driver::address(storage, self.offset(layout)?)?))
    }
}

impl Grid {
    fn blocks(self, device: &Device) -> usize {
        let threads = if device.is_cpu() { emulator::threads() } else { driver::THREADS };
        match self {
            Grid::Blocks(blocks) => blocks,
            Grid::Threads(count) => count.div_ceil(threads),
            Grid::Tiles(rows, columns) => rows * columns.div_ceil(threads),
        }
    }
}

/// A tensor for a kernel to write whole.
pub fn fresh(shape: impl Into<Shape>, dtype: DType, device: &Device) -> Result<Tensor> {
    if device.is_cpu() {
        // What the emulated kernels leave out shows.
        return Tensor::full(f32::NAN, shape, device)?.to_dtype(dtype);
    }
    // SAFETY: any bits are numbers, and the caller hands the tensor to a kernel that writes all of them.
    unsafe { Tensor::empty(shape, dtype, device) }
}
