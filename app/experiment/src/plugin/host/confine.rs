//! The limits of a plugin's process, and the streams that it shall not touch.

use std::fs::File;
use std::io;

/// The pipes to the program, out of the plugin's reach.
pub struct Streams {
    /// Requests come from here.
    pub input: File,
    /// Answers go there.
    pub output: File,
}

/// Takes standard input and output away: the plugin reads nothing from the former, and what it writes to the latter goes
/// to standard error.
///
/// # Errors
/// The system refuses.
#[cfg(unix)]
pub fn take_streams() -> io::Result<Streams> {
    use std::os::fd::AsFd;
    let input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
    rustix::stdio::dup2_stdout(io::stderr())?;
    Ok(Streams { input, output })
}

/// Copies of standard input and output; the plugin's own still lead to the same places.
///
/// # Errors
/// The system refuses.
#[cfg(windows)]
pub fn take_streams() -> io::Result<Streams> {
    use std::os::windows::io::AsHandle;
    let input = File::from(io::stdin().as_handle().try_clone_to_owned()?);
    let output = File::from(io::stdout().as_handle().try_clone_to_owned()?);
    Ok(Streams { input, output })
}

/// Limits the memory beyond what is `taken` already, leaves no core file behind, and ties this process's life to that of
/// the one that started it.
///
/// # Errors
/// The system refuses.
#[cfg(unix)]
pub fn limit(memory_mb: u64, taken: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |limit: u64| Rlimit { current: Some(limit), maximum: Some(limit) };
    end_with_parent()?;
    setrlimit(Resource::Core, at_most(0))?;
    if memory_mb > 0 {
        setrlimit(Resource::As, at_most(memory_mb.saturating_mul(1 << 20).saturating_add(taken)))?;
    }
    Ok(())
}

/// Elsewhere a plugin is limited in time only.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn limit(_: u64, _: u64) -> io::Result<()> {
    Ok(())
}

/// The address space of this process in bytes, of which an allocator may have reserved much that it does not use; 0 where
/// the system does not say.
pub fn taken() -> u64 {
    let status = fs_err::read_to_string("/proc/self/status").unwrap_or_default();
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    let kilobytes = size.and_then(|size| size.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or(0, |kilobytes| kilobytes << 10)
}

/// A program that is killed cannot end its children; Linux does it then.
#[cfg(target_os = "linux")]
fn end_with_parent() -> io::Result<()> {
    use rustix::process::{Signal, getppid, set_parent_process_death_signal};
    let parent = getppid();
    set_parent_process_death_signal(Some(Signal::KILL))?;
    // It may have ended before it could be told of.
    if getppid() == parent { Ok(()) } else { Err(io::Error::other("the program that asked is gone")) }
}

#[cfg(all(unix, not(target_os = "linux")))]
fn end_with_parent() -> io::Result<()> {
    Ok(())
}
