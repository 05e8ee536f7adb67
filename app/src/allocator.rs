//! The allocator of the program: training takes and gives back large buffers at every step, and what the system gets
//! back it must clear before it is used again, which cost up to a fifth of a step.

use libmimalloc_sys::{mi_option_set, mi_option_t};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `mi_option_purge_delay`: milliseconds after which free memory goes back to the system, −1 for never.
const PURGE_DELAY: mi_option_t = 15;

/// Keeps freed memory for the buffers of the next step.
pub fn keep_freed_memory() {
    // SAFETY: setting an option is not thread-safe; this is called first of all, when there is one thread.
    unsafe { mi_option_set(PURGE_DELAY, -1) }
}
