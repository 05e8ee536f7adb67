//! File dialogs of the system, asynchronous, behind a trait so that tests can answer them.

use std::path::PathBuf;

/// What a dialog is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A plan to read.
    Plan,
    /// A folder.
    Folder(&'static str),
    /// A new file, with a proposal for its name.
    NewFile(String),
}

/// The answer, once the person gave one: to be called on a thread that may wait.
pub type Reply = Box<dyn FnOnce() -> Option<PathBuf> + Send>;

/// Who asks the person.
pub trait Dialogs {
    /// Opens a dialog; called on the main thread, as some systems demand.
    fn open(&self, wanted: &Wanted) -> Reply;
}

/// The system's own dialogs.
#[derive(Debug, Default)]
pub struct Native;

impl Dialogs for Native {
    fn open(&self, wanted: &Wanted) -> Reply {
        let dialog = rfd::AsyncFileDialog::new();
        let plans = |dialog: rfd::AsyncFileDialog| dialog.add_filter("Plans", &["toml"]);
        let handle = |handle: Option<rfd::FileHandle>| handle.map(|handle| handle.path().to_owned());
        match wanted {
            Wanted::Plan => {
                let asked = plans(dialog.set_title("Open a plan")).pick_file();
                Box::new(move || handle(pollster::block_on(asked)))
            }
            Wanted::Folder(title) => {
                let asked = dialog.set_title(*title).pick_folder();
                Box::new(move || handle(pollster::block_on(asked)))
            }
            Wanted::NewFile(name) => {
                let asked = plans(dialog.set_title("Save the plan")).set_file_name(name).save_file();
                Box::new(move || handle(pollster::block_on(asked)))
            }
        }
    }
}
