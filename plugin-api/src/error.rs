//! What a plugin answers when it cannot do its work.

/// Why a plugin could not do what was asked, in words for the person who runs the experiment.
///
/// ```
/// use placebo_plugin_api::PluginError;
/// let error = PluginError::new("line 3 of the synonym file has no second column");
/// assert_eq!(error.to_string(), "line 3 of the synonym file has no second column");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PluginError(String);

impl PluginError {
    /// An error that says `cause`: lower-case, without a full stop, the remedy where it is not obvious. The host adds
    /// the plugin's id.
    pub fn new(cause: impl Into<String>) -> PluginError {
        PluginError(cause.into())
    }
}

impl From<String> for PluginError {
    fn from(cause: String) -> PluginError {
        PluginError(cause)
    }
}

impl From<&str> for PluginError {
    fn from(cause: &str) -> PluginError {
        PluginError(cause.to_string())
    }
}
