//! Notices: errors and news, which stay until they are dismissed.

/// How grave it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something went well.
    Good,
    /// Something is worth knowing.
    Info,
    /// Something failed.
    Bad,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Which.
    pub id: u64,
    /// How grave.
    pub tone: Tone,
    /// What happened, with file, fault and remedy.
    pub text: String,
}

/// All that are not dismissed, the last one first.
#[derive(Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
    next: u64,
}

impl Notices {
    /// Tells something; what is told already is not told twice.
    pub fn tell(&mut self, tone: Tone, text: impl Into<String>) {
        let text = text.into();
        if self.list.iter().all(|known| known.text != text) {
            self.list.insert(0, Notice { id: self.next, tone, text });
            self.next += 1;
        }
    }

    /// Takes one away.
    pub fn dismiss(&mut self, id: u64) {
        self.list.retain(|notice| notice.id != id);
    }

    /// Those to be shown.
    pub fn all(&self) -> &[Notice] {
        &self.list
    }
}
