//! A computation that tells its share: time left once it takes longer than a glance, from any thread.

use super::{Note, duration};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Nothing is said of a computation that is done by then.
const PATIENCE: Duration = Duration::from_secs(2);

/// How far a computation is.
#[derive(Debug)]
pub struct Share {
    what: &'static str,
    begun: Instant,
    note: Mutex<Note>,
}

impl Share {
    /// A computation that begins now, such as `resampling`.
    pub fn new(what: &'static str) -> Self {
        Self { what, begun: Instant::now(), note: Mutex::default() }
    }

    /// Takes note of the share that is done, from 0 to 1.
    pub fn tell(&self, done: f64) {
        let since = self.begun.elapsed();
        // Whoever finds another thread speaking has nothing newer to say.
        let Ok(mut note) = self.note.try_lock() else { return };
        if since >= PATIENCE && done > 0.0 && done < 1.0 {
            note.tell(&in_words(self.what, done, since));
        }
    }
}

fn in_words(what: &str, done: f64, since: Duration) -> String {
    let left = since.mul_f64((1.0 - done) / done);
    format!("{what}: {:.0} % done, {} left", 100.0 * done, duration(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_in_proportion() {
        assert_eq!(in_words("resampling", 0.25, Duration::from_secs(20)), "resampling: 25 % done, 1 min 00 s left");
    }
}
