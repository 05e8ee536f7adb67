//! A GPU for tests: the kernels' source, compiled as C++ and run on the processor, block after block.

use super::SOURCE;
use super::launch::Value;
use super::product::Gemm;
use crate::ops::floats::nearest_bf16;
use candle_core::{CpuStorage, DType, Result, bail};
use libloading::Library;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ffi::{CStr, CString, c_char, c_void};
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Threads of a block where a test asks for nothing else: few, because their turns take time.
const THREADS: usize = 16;

type Run = unsafe extern "C" fn(*const c_char, u32, bool, *mut *mut c_void, *const c_char) -> *const c_char;

thread_local! {
    static REVERSED: Cell<bool> = const { Cell::new(false) };
    static OTHER: RefCell<Option<Emulator>> = const { RefCell::new(None) };
    static LAUNCHED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// The kernels for blocks of so many threads.
struct Emulator {
    library: Library,
    threads: usize,
}

/// Threads and blocks share what is static, so one kernel runs at a time.
static TURN: Mutex<()> = Mutex::new(());

/// Whether there is a compiler to make the emulator with; says so on standard error where not.
pub fn is_there() -> bool {
    let there = cfg!(target_os = "linux") && emulator().is_some();
    if !there {
        eprintln!("skipped: CUDA kernels run on the processor where Linux and a C++ compiler `c++` are");
    }
    there
}

/// Does this thread's work with the turns of blocks and threads reversed.
pub fn reversed<T>(work: impl FnOnce() -> T) -> T {
    REVERSED.set(true);
    let result = work();
    REVERSED.set(false);
    result
}

/// Does this thread's work with kernels of another source.
pub fn of_source<T>(source: &str, work: impl FnOnce() -> T) -> T {
    with_other(compile(source, THREADS), work)
}

/// Does this thread's work with blocks of so many threads.
pub fn of_threads<T>(threads: usize, work: impl FnOnce() -> T) -> T {
    with_other(compile(SOURCE, threads), work)
}

/// Threads of a block.
pub fn threads() -> usize {
    OTHER.with_borrow(|other| other.as_ref().map_or(THREADS, |other| other.threads))
}

fn with_other<T>(other: Option<Emulator>, work: impl FnOnce() -> T) -> T {
    OTHER.set(other);
    let result = work();
    OTHER.set(None);
    result
}

/// Names of the kernels that the source has.
pub fn kernels() -> BTreeSet<String> {
    let parts = SOURCE.split("__global__ void ").skip(1).map(|rest| rest.split('(').next().unwrap_or_default().trim());
    parts.flat_map(with_suffixes).collect()
}

/// A kernel that a macro makes for two types has a name for each.
fn with_suffixes(name: &str) -> Vec<String> {
    match name.strip_suffix("##SUFFIX") {
        Some(stem) => ["f32", "bf16"].map(|suffix| format!("{stem}{suffix}")).into(),
        None => vec![name.into()],
    }
}

/// Names of the kernels that this thread launched.
pub fn launched() -> BTreeSet<String> {
    LAUNCHED.with_borrow(Clone::clone)
}

fn emulator() -> Option<&'static Emulator> {
    static EMULATOR: OnceLock<Option<Emulator>> = OnceLock::new();
    EMULATOR.get_or_init(|| compile(SOURCE, THREADS)).as_ref()
}

/// None where there is no compiler.
fn compile(source: &str, threads: usize) -> Option<Emulator> {
    let folder = tempfile::tempdir().unwrap();
    let (unit, library) = (folder.path().join("kernels.cpp"), folder.path().join("kernels.so"));
    let table: String = kernels().iter().map(|name| format!("KERNEL({name}),\n")).collect();
    let (words, way_in) = (include_str!("emulator.hpp"), include_str!("emulator_run.hpp"));
    fs_err::write(&unit, format!("{words}{source}static const Kernel kernels[] = {{{table}}};\n{way_in}")).unwrap();
    let block = format!("-DTHREADS={threads}");
    let mut compiler = Command::new("c++");
    // A checked `longjmp` takes another thread's stack for a frame that is gone.
    compiler
        .args(["-std=c++17", "-O1", "-w", "-U_FORTIFY_SOURCE", "-shared", "-fPIC", &block, "-o"])
        .arg(&library)
        .arg(&unit);
    let output = compiler.output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // SAFETY: the library is our own and runs nothing when it is loaded but the making of its table.
    Some(Emulator { library: unsafe { Library::new(&library) }.unwrap(), threads })
}

/// Where a tensor's numbers begin.
pub fn address(storage: &CpuStorage, offset: usize) -> Result<u64> {
    Ok(match storage {
        CpuStorage::F32(values) => values[offset..].as_ptr() as u64,
        CpuStorage::BF16(values) => values[offset..].as_ptr() as u64,
        CpuStorage::U32(values) => values[offset..].as_ptr() as u64,
        CpuStorage::I64(values) => values[offset..].as_ptr() as u64,
        _ => bail!("kernels take no numbers of this type"),
    })
}

/// Runs a kernel.
pub fn launch(kernel: &str, blocks: usize, values: &[Value]) -> Result<()> {
    let run = OTHER.with_borrow(|other| other.as_ref().map(run)).or_else(|| emulator().map(run));
    let Some(run) = run else { bail!("no C++ compiler is here") };
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut values = values.to_vec();
    let kinds: String = values.iter().map(kind).collect();
    let mut arguments: Vec<_> = values.iter_mut().map(pointer).collect();
    let (name, kinds) = (CString::new(kernel).unwrap(), CString::new(kinds).unwrap());
    // SAFETY: `run` checks the arguments' types before it reads them, their tensors are locked by
    // the caller, and what it returns is null or a constant text.
    let wrong = unsafe {
        let wrong = run(name.as_ptr(), blocks as u32, REVERSED.get(), arguments.as_mut_ptr(), kinds.as_ptr());
        (!wrong.is_null()).then(|| CStr::from_ptr(wrong).to_string_lossy())
    };
    match wrong {
        Some(wrong) => bail!("{wrong}: `{kernel}`"),
        None => {
            LAUNCHED.with_borrow_mut(|names| names.insert(kernel.into()));
            Ok(())
        }
    }
}

/// The library's way in; the library stays open for as long as its kernels are called.
fn run(emulator: &Emulator) -> Run {
    // SAFETY: the function has this signature.
    unsafe { *emulator.library.get::<Run>(b"run").unwrap() }
}

fn kind(value: &Value) -> char {
    match value {
        Value::Address(_) => 'p',
        Value::Count(_) => 'u',
        Value::Size(_) => 'U',
        Value::Number(_) => 'f',
    }
}

fn pointer(value: &mut Value) -> *mut c_void {
    match value {
        Value::Address(value) | Value::Size(value) => std::ptr::from_mut(value).cast(),
        Value::Count(value) => std::ptr::from_mut(value).cast(),
        Value::Number(value) => std::ptr::from_mut(value).cast(),
    }
}

/// A product as cuBLAS defines it: each C[row, column] lies at row + column·leading, and so do A and B.
pub fn product(gemm: Gemm, values: &[Value]) -> Result<()> {
    let [Value::Address(c), Value::Address(a), Value::Address(b)] = *values else {
        bail!("a product takes three matrices");
    };
    let [rows, columns, depth] = gemm.sizes;
    let place = |matrix: usize, which: usize, row: usize, column: usize| {
        let (row, column) = if which < 2 && gemm.transposed[which] { (column, row) } else { (row, column) };
        matrix * gemm.strides[which] + row + column * gemm.leading[which]
    };
    for (matrix, column, row) in places(gemm.batch, columns, rows) {
        let term =
            |i| load(a, place(matrix, 0, row, i), gemm.operands) * load(b, place(matrix, 1, i, column), gemm.operands);
        let (sum, at) = ((0..depth).map(term).sum::<f64>(), place(matrix, 2, row, column));
        let before = if gemm.accumulate { load(c, at, gemm.result) } else { 0.0 };
        store(c, at, gemm.result, before + sum);
    }
    Ok(())
}

fn places(batch: usize, columns: usize, rows: usize) -> impl Iterator<Item = (usize, usize, usize)> {
    (0..batch).flat_map(move |m| (0..columns).flat_map(move |c| (0..rows).map(move |r| (m, c, r))))
}

fn load(address: u64, at: usize, dtype: DType) -> f64 {
    // SAFETY: the place lies in the tensor that the caller holds locked, if `product` counts as cuBLAS does.
    let number = unsafe {
        match dtype {
            DType::BF16 => f32::from_bits(u32::from(*(address as *const u16).add(at)) << 16),
            _ => *(address as *const f32).add(at),
        }
    };
    f64::from(number)
}

fn store(address: u64, at: usize, dtype: DType, number: f64) {
    let number = number as f32;
    // SAFETY: as in `load`; the caller holds the tensor to change it.
    unsafe {
        match dtype {
            DType::BF16 => *(address as *mut u16).add(at) = (nearest_bf16(number).to_bits() >> 16) as u16,
            _ => *(address as *mut f32).add(at) = number,
        }
    }
}
