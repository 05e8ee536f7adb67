//! The kernels on an emulated GPU, and on a real one where there is one.

use super::check::CASES;
use super::launch::{Call, Grid};
use super::{KernelError, SOURCE, driver, emulator};
use crate::device::DeviceChoice;
use crate::ops::floats::tests::numbers;
use crate::ops::serving::{Server, with};
use candle_core::{DType, Device, Result, Tensor};

#[test]
fn every_kernel_computes_what_the_cpu_does() {
    if !emulator::is_there() {
        return;
    }
    for case in &CASES {
        case.check(&Device::Cpu).unwrap();
    }
    assert_eq!(emulator::launched(), emulator::kernels(), "some kernels were not checked");
}

#[test]
fn the_order_of_threads_and_blocks_changes_no_bit() -> Result<()> {
    if !emulator::is_there() {
        return Ok(());
    }
    for case in &CASES {
        let compute = || with(Server::Cuda, || (case.compute)(&Device::Cpu));
        for (forward, reversed) in compute()?.iter().zip(emulator::reversed(compute)?) {
            assert_eq!(bits(forward)?, bits(&reversed)?, "{}", case.name);
        }
    }
    Ok(())
}

fn bits(tensor: &Tensor) -> Result<Vec<u32>> {
    let numbers = tensor.to_dtype(DType::F32)?.flatten_all()?.to_vec1::<f32>()?;
    Ok(numbers.into_iter().map(f32::to_bits).collect())
}

#[test]
fn blocks_of_a_gpus_size_compute_the_same() {
    if !emulator::is_there() {
        return;
    }
    emulator::of_threads(driver::THREADS, || CASES.iter().try_for_each(|case| case.check(&Device::Cpu))).unwrap();
}

/// Faults as they happen, each in its own kernel, and the case that must find it.
const FAULTS: [(&str, &str, &str); 7] = [
    ("y[column] = weight[column] * (x[column] * r);", "y[column] = x[column] * r;", "RMS norm"),
    ("row < first + piece_rows", "row < first + piece_rows - 1", "RMS norm"),
    ("column * 0x9E3779B1u", "column * 0x9E3779B3u", "dropout"),
    ("d_linear[i] = d * gelu.value;", "d_linear[i] = d * gelu.slope;", "activation"),
    ("scale * smoothing / vocabulary", "scale * smoothing", "cross-entropy"),
    ("distance + query + behind", "distance + query", "attention"),
    ("is_causal && position + 1 < span[3]", "false", "attention"),
];

#[test]
fn a_faulty_kernel_is_found() {
    if !emulator::is_there() {
        return;
    }
    for (right, wrong, name) in FAULTS {
        assert!(SOURCE.contains(right), "the source has no `{right}`");
        let case = CASES.iter().find(|case| case.name == name).unwrap();
        let found = emulator::of_source(&SOURCE.replace(right, wrong), || case.check(&Device::Cpu));
        assert!(matches!(found, Err(KernelError::Wrong { kernel, .. }) if kernel == name), "`{wrong}`: {found:?}");
    }
}

#[test]
fn a_missing_barrier_is_found() {
    if !emulator::is_there() {
        return;
    }
    let open = SOURCE.replacen("sums[threadIdx.x] = x;\n    __syncthreads();", "sums[threadIdx.x] = x;", 1);
    assert_ne!(open, SOURCE);
    let case = CASES.iter().find(|case| case.name == "RMS norm").unwrap();
    let checks = || case.check(&Device::Cpu).and(emulator::reversed(|| case.check(&Device::Cpu)));
    assert!(emulator::of_source(&open, checks).is_err());
    let branch =
        SOURCE.replacen("sums[threadIdx.x] = x;\n    __syncthreads();", "if (threadIdx.x) __syncthreads();", 1);
    let message = emulator::of_source(&branch, || case.check(&Device::Cpu)).unwrap_err().to_string();
    assert!(message.contains("only some threads"), "{message}");
}

#[test]
fn arguments_of_other_types_are_refused() -> Result<()> {
    if !emulator::is_there() {
        return Ok(());
    }
    let (total, addition) = (numbers(3, 1)?, numbers(3, 2)?);
    let call = || Call::kernel("add", Grid::Threads(3)).changed(&total).read(&addition);
    assert!(call().count(3).run().unwrap_err().to_string().contains("other types"));
    assert!(call().run().is_err());
    call().size(3).run()
}

#[test]
fn a_gpu_that_is_there_computes_what_the_cpu_does() {
    match DeviceChoice::Cuda(0).open() {
        Ok(device) => {
            super::make_ready(&device).unwrap();
            assert!(super::is_ready(&device));
        }
        Err(reason) => eprintln!("skipped: {reason}"),
    }
}
