//! The binary interface between host and library: one exported static with a version and two functions.
//!
//! A library exports one symbol, [`SYMBOL`], a static [`Entry`]. The host reads [`Entry::abi_version`] first and
//! touches nothing else unless it equals [`ABI_VERSION`]. It hands [`Entry::call`] the JSON of a
//! [`Request`](crate::Request) and receives the JSON of a [`Response`](crate::Response) in memory that belongs to the
//! library; it copies them and gives the memory back to [`Entry::free`]. Nothing allocated on one side is ever freed on
//! the other. Both functions may be called from any thread, several at once, until the process ends: a library is never
//! unloaded.

/// The version of this interface. It changes when [`Entry`] does, not when messages gain a field.
pub const ABI_VERSION: u32 = 1;

/// The name of the exported static.
pub const SYMBOL: &str = "PLACEBO_PLUGIN";

/// What a library exports.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// [`ABI_VERSION`] of the crate that the library was built with. First for ever, so that it can be read whatever
    /// follows it.
    pub abi_version: u32,
    /// Answers the request in `length` bytes at `data`, which stay the caller's and are only read during the call.
    pub call: unsafe extern "C" fn(data: *const u8, length: usize) -> Bytes,
    /// Takes back what `call` returned, once.
    pub free: unsafe extern "C" fn(bytes: Bytes),
}

/// Bytes that belong to the library that returned them.
#[repr(C)]
#[derive(Debug)]
pub struct Bytes {
    data: *mut u8,
    length: usize,
}

impl Bytes {
    /// Hands bytes over, to come back through [`Bytes::reclaim`] on the same side.
    pub fn hand_over(bytes: Vec<u8>) -> Bytes {
        let bytes = Box::leak(bytes.into_boxed_slice());
        Bytes { data: bytes.as_mut_ptr(), length: bytes.len() }
    }

    /// Takes handed-over bytes back.
    ///
    /// # Safety
    /// `self` came from [`Bytes::hand_over`] of the same library or program, and is taken back for the first time.
    pub unsafe fn reclaim(self) -> Vec<u8> {
        let slice = std::ptr::slice_from_raw_parts_mut(self.data, self.length);
        // SAFETY: pointer and length are those of the box that `hand_over` leaked, and no one else takes it back.
        unsafe { Box::from_raw(slice) }.into_vec()
    }

    /// A copy of the bytes, which stay where they are.
    ///
    /// # Safety
    /// `self` has not been taken back.
    pub unsafe fn copy(&self) -> Vec<u8> {
        // SAFETY: the other side keeps its bytes, unchanged, until they are taken back.
        unsafe { borrow(self.data, self.length) }.to_vec()
    }
}

/// The `length` bytes at `data`, which may be null for none.
///
/// # Safety
/// Unless `data` is null, it points to `length` bytes that nobody changes or frees during `'a`.
pub unsafe fn borrow<'a>(data: *const u8, length: usize) -> &'a [u8] {
    if data.is_null() {
        return &[];
    }
    // SAFETY: `data` is not null, and the caller vouches for the rest.
    unsafe { std::slice::from_raw_parts(data, length) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_as_they_went() {
        for text in ["", "{}", "é"] {
            let bytes = Bytes::hand_over(text.into());
            // SAFETY: handed over above and taken back once, after the copy.
            let (copy, back) = unsafe { (bytes.copy(), bytes.reclaim()) };
            assert_eq!((copy.as_slice(), back.as_slice()), (text.as_bytes(), text.as_bytes()));
        }
    }

    #[test]
    fn null_is_no_bytes() {
        // SAFETY: null is allowed.
        assert!(unsafe { borrow(std::ptr::null(), 7) }.is_empty());
    }

    #[test]
    fn the_version_comes_first() {
        assert_eq!(std::mem::offset_of!(Entry, abi_version), 0);
    }
}
