//! One library in this process: opened, checked, asked, never unloaded.

use std::path::{Path, PathBuf};

use placebo_plugin_api::abi::{ABI_VERSION, Entry, SYMBOL};
use placebo_plugin_api::{Request, Response};

use super::carrier::{Carrier, CarrierError};

/// A library whose interface version is ours.
#[derive(Debug)]
pub struct Library {
    entry: Entry,
    path: PathBuf,
}

/// Why a library cannot be used, or what it answered that is no answer.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The system cannot load it.
    #[error("it cannot be loaded as a library ({cause}): `{}`", path.display())]
    Unloadable {
        /// What the system says.
        cause: String,
        /// The library.
        path: PathBuf,
    },
    /// It exports no plugins.
    #[error("it does not export `{SYMBOL}`, so it is no plugin; write `export_plugin!` in it: `{}`", path.display())]
    NoEntry {
        /// The library.
        path: PathBuf,
    },
    /// It was built for another version of the interface.
    #[error(
        "it speaks version {found} of the plugin interface, this program version {ABI_VERSION}; \
         build it against this program's placebo-plugin-api: `{}`",
        path.display()
    )]
    WrongVersion {
        /// The version it speaks.
        found: u32,
        /// The library.
        path: PathBuf,
    },
    /// Its answer is not JSON of a response.
    #[error("its answer is not understood ({cause}): `{}`", path.display())]
    Garbled {
        /// What the parser says.
        cause: String,
        /// The library.
        path: PathBuf,
    },
}

impl Library {
    /// Loads the library at `path` for the rest of the process's life.
    ///
    /// # Errors
    /// The file is no library for this machine, is no plugin, or speaks another version of the interface.
    pub fn open(path: &Path) -> Result<Library, LibraryError> {
        let unloadable = |error: libloading::Error| LibraryError::Unloadable { cause: full(&error), path: path.into() };
        // SAFETY: loading runs the library's own start-up code. We load only what stands in a plugin folder under a
        // plugin's name, which is where a person puts code that shall run.
        let library = unsafe { libloading::Library::new(path) }.map_err(unloadable)?;
        // SAFETY: the symbol is the address of a static, which is what a pointer type asks for; whether that static is
        // an `Entry` is found out below before more than its first field is read.
        let address: *const Entry = match unsafe { library.get::<*const Entry>(SYMBOL) } {
            Ok(symbol) => *symbol,
            Err(_) => return Err(LibraryError::NoEntry { path: path.into() }),
        };
        // Unloading would pull code and statics from under the calls to come and from threads the library may own.
        std::mem::forget(library);
        Ok(Library { entry: entry_at(address, path)?, path: path.into() })
    }

    /// The library's answer to the bytes of a request.
    pub fn call(&self, request: &[u8]) -> Vec<u8> {
        // SAFETY: the entry's version is ours, so its functions keep to the contract of `Entry`: `call` only reads the
        // request, which lives until it returns; its bytes are copied, then freed once, by their own library.
        unsafe {
            let bytes = (self.entry.call)(request.as_ptr(), request.len());
            let answer = bytes.copy();
            (self.entry.free)(bytes);
            answer
        }
    }
}

impl Carrier for Library {
    fn ask(&self, request: &Request) -> Result<Response, CarrierError> {
        let request = serde_json::to_vec(request).expect("requests are made of text, numbers and lists");
        let garbled =
            |error: serde_json::Error| LibraryError::Garbled { cause: error.to_string(), path: self.path.clone() };
        Ok(serde_json::from_slice(&self.call(&request)).map_err(garbled)?)
    }
}

/// The entry at the exported address, if its first field says that it is one of ours.
fn entry_at(address: *const Entry, path: &Path) -> Result<Entry, LibraryError> {
    if address.is_null() {
        return Err(LibraryError::NoEntry { path: path.into() });
    }
    // SAFETY: the address is that of an exported static, never unloaded, and every version of the interface begins with
    // this number. Unaligned, because a foreign symbol of that name may be anything.
    let found = unsafe { address.cast::<u32>().read_unaligned() };
    if found != ABI_VERSION {
        return Err(LibraryError::WrongVersion { found, path: path.into() });
    }
    // SAFETY: as above, and the version says that a whole `Entry` of our own layout is there.
    Ok(unsafe { address.read_unaligned() })
}

/// The error with its causes: libloading keeps what the system said one level down.
fn full(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
