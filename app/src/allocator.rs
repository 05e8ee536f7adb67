//! The allocator of the program: training takes and gives back large buffers at every step, and what the system gets
//! back it must clear before it is used again, which cost up to a fifth of a step.

use libmimalloc_sys::{mi_option_set, mi_option_t};
use mimalloc::MiMalloc;
use placebo_train::meter::count_allocation;
use std::alloc::{GlobalAlloc, Layout};

#[global_allocator]
static ALLOCATOR: Counted = Counted(MiMalloc);

/// `mi_option_purge_delay`: milliseconds after which free memory goes back to the system, −1 for never.
const PURGE_DELAY: mi_option_t = 15;

/// Keeps freed memory for the buffers of the next step.
pub fn keep_freed_memory() {
    // SAFETY: setting an option is not thread-safe; this is called first of all, when there is one thread.
    unsafe { mi_option_set(PURGE_DELAY, -1) }
}

/// An allocator that tells `placebo bench` what it gives out.
struct Counted(MiMalloc);

// SAFETY: every call is handed on as it came; counting allocates nothing.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count_allocation(layout.size());
        // SAFETY: the caller's promise.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count_allocation(layout.size());
        // SAFETY: the caller's promise.
        unsafe { self.0.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count_allocation(size.saturating_sub(layout.size()));
        // SAFETY: the caller's promise.
        unsafe { self.0.realloc(place, layout, size) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { self.0.dealloc(place, layout) }
    }
}
