//! The exported side of a library: the macro that writes it, and the gate through which every call comes in.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::abi::{self, Bytes};
use crate::{Plugins, Request, Response};

/// Exports transforms and metrics from a library; to be used once in a crate of type `cdylib`.
///
/// Each name is a constant expression, usually a unit struct that implements [`Transform`](crate::Transform) or
/// [`Metric`](crate::Metric):
///
/// ```
/// # use placebo_plugin_api::*;
/// # struct Length;
/// # impl Metric for Length {
/// #     fn descriptor(&self) -> Descriptor { Descriptor::metric("length", "Length", Scale::percent()) }
/// #     fn score(&self, _: &ScoreItem, _: &Settings) -> Result<f64, PluginError> { Ok(0.0) }
/// # }
/// # fn main() {}
/// placebo_plugin_api::export_plugin! { metrics: [Length] }
/// ```
///
/// Beside the exported symbol it defines `PLUGINS`, which a test hands to [`testing::check`](crate::testing::check).
#[macro_export]
macro_rules! export_plugin {
    (transforms: [$($transform:expr),* $(,)?] $(,)?) => {
        $crate::export_plugin! { transforms: [$($transform),*], metrics: [] }
    };
    (metrics: [$($metric:expr),* $(,)?] $(,)?) => {
        $crate::export_plugin! { transforms: [], metrics: [$($metric),*] }
    };
    (transforms: [$($transform:expr),* $(,)?], metrics: [$($metric:expr),* $(,)?] $(,)?) => {
        /// The plugins that this library exports.
        pub static PLUGINS: $crate::Plugins = $crate::Plugins {
            version: env!("CARGO_PKG_VERSION"),
            transforms: &[$(&$transform),*],
            metrics: &[$(&$metric),*],
        };

        #[doc(hidden)]
        // SAFETY: the symbol is the host's by name; two libraries of one process keep theirs apart.
        #[unsafe(no_mangle)]
        pub static PLACEBO_PLUGIN: $crate::abi::Entry = {
            unsafe extern "C" fn call(data: *const u8, length: usize) -> $crate::abi::Bytes {
                // SAFETY: the host vouches for `data` and `length`, as `Entry::call` asks.
                unsafe { $crate::export::call(&PLUGINS, data, length) }
            }
            $crate::abi::Entry { abi_version: $crate::abi::ABI_VERSION, call, free: $crate::export::free }
        };
    };
}

/// Answers a host's call; the body of [`Entry::call`](abi::Entry::call) for libraries in Rust.
///
/// A panic becomes [`Response::Failed`], because it would end the process if it crossed the exported function.
///
/// # Safety
/// `data` points to `length` bytes that nobody changes or frees during the call, or is null.
pub unsafe fn call(plugins: &Plugins, data: *const u8, length: usize) -> Bytes {
    // SAFETY: the caller vouches for it, and the slice does not outlive the call.
    let request = unsafe { abi::borrow(data, length) };
    Bytes::hand_over(respond(plugins, request))
}

/// Takes back what [`call`] returned; [`Entry::free`](abi::Entry::free) of libraries in Rust.
///
/// # Safety
/// `bytes` came from [`call`] of this library, and is given back for the first time.
pub unsafe extern "C" fn free(bytes: Bytes) {
    // SAFETY: the caller vouches for it. Nothing can panic here: dropping bytes runs no code of the author's.
    drop(unsafe { bytes.reclaim() });
}

pub(crate) fn respond(plugins: &Plugins, request: &[u8]) -> Vec<u8> {
    let answer = || match serde_json::from_slice::<Request>(request) {
        Ok(request) => encode(&plugins.answer(request)),
        Err(error) => encode(&Response::Failed(format!("the request is not understood ({error})"))),
    };
    catch_unwind(AssertUnwindSafe(answer))
        .unwrap_or_else(|payload| encode(&Response::Failed(format!("it panicked: {}", panic_message(&*payload)))))
}

fn encode(response: &Response) -> Vec<u8> {
    serde_json::to_vec(response).expect("responses are made of text, finite numbers and lists")
}

fn panic_message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("without a message")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Descriptor, Metric, PluginError, Scale, ScoreItem, Settings};

    struct Touchy;

    impl Metric for Touchy {
        fn descriptor(&self) -> Descriptor {
            Descriptor::metric("touchy", "Panics when asked", Scale::percent())
        }

        fn score(&self, item: &ScoreItem, _: &Settings) -> Result<f64, PluginError> {
            panic!("cannot bear `{}`", item.prediction)
        }
    }

    static TOUCHY: Plugins = Plugins { version: "1.2.3", transforms: &[], metrics: &[&Touchy] };

    /// What comes back from a call through the exported functions.
    fn ask(request: &str) -> Response {
        // SAFETY: the request outlives the call, and the bytes are freed once, after the copy.
        let bytes = unsafe {
            let bytes = call(&TOUCHY, request.as_ptr(), request.len());
            let copy = bytes.copy();
            free(bytes);
            copy
        };
        serde_json::from_slice(&bytes).unwrap()
    }

    #[test]
    fn a_call_describes_with_the_crates_version() {
        let Response::Described(descriptors) = ask(r#"{"describe":{}}"#) else { panic!("not described") };
        assert_eq!((descriptors[0].id.as_str(), descriptors[0].version.as_str()), ("touchy", "1.2.3"));
    }

    #[test]
    fn a_panic_becomes_an_answer() {
        let response = ask(r#"{"score":{"id":"touchy","items":[{"prediction":"x","references":[]}]}}"#);
        assert_eq!(response, Response::Failed("it panicked: cannot bear `x`".to_string()));
    }

    #[test]
    fn garbage_is_not_understood() {
        let Response::Failed(cause) = ask("{") else { panic!("understood") };
        assert!(cause.starts_with("the request is not understood (EOF"), "{cause}");
    }
}
