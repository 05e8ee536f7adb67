//! Who draws the window, and who does where the first cannot.

use super::OpenError;
use std::fmt::{Display, Formatter};

/// Who draws the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Renderer {
    /// The first that can.
    #[default]
    Auto,
    /// OpenGL.
    Glow,
    /// Vulkan, Metal or Direct3D.
    Wgpu,
    /// OpenGL without the graphics card and its driver: Mesa's.
    Software,
}

impl Renderer {
    /// Those that are tried, in this order.
    ///
    /// OpenGL is there on virtual machines and remote desktops, where Vulkan often is not or cannot show what it drew. Without
    /// a graphics card it takes a fifth of the processor time that Mesa's Vulkan does. So wgpu is for where OpenGL is not.
    const fn tried(self) -> &'static [Self] {
        match self {
            Self::Auto => &[Self::Glow, Self::Wgpu, Self::Software],
            Self::Glow => &[Self::Glow],
            Self::Wgpu => &[Self::Wgpu],
            Self::Software => &[Self::Software],
        }
    }

    /// What eframe calls it.
    pub(super) fn of_eframe(self) -> eframe::Renderer {
        match self {
            Self::Wgpu => eframe::Renderer::Wgpu,
            Self::Auto | Self::Glow | Self::Software => eframe::Renderer::Glow,
        }
    }

    /// Has one after the other try to draw until one can, and tells of each that cannot.
    pub(super) fn draw(
        self,
        mut open: impl FnMut(Self) -> Result<(), OpenError>,
        mut tell: impl FnMut(String),
    ) -> Result<(), OpenError> {
        let mut next = self.tried().iter().copied().peekable();
        while let Some(renderer) = next.next() {
            match (open(renderer), next.peek()) {
                (Err(OpenError::NoDrawing { cause, .. }), Some(other)) => {
                    tell(format!("{renderer} cannot draw the window ({cause}), so {other} is tried"));
                }
                (ended, _) => return ended,
            }
        }
        Ok(())
    }
}

impl Display for Renderer {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Auto => "auto",
            Self::Glow => "glow",
            Self::Wgpu => "wgpu",
            Self::Software => "software",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Renderer::{Auto, Glow, Software, Wgpu};
    use super::*;

    /// Who was asked to draw where only `able` can, what was told, and how it ended.
    fn asked(wanted: Renderer, able: &[Renderer]) -> (Vec<Renderer>, Vec<String>, Result<(), OpenError>) {
        let (mut asked, mut told) = (Vec::new(), Vec::new());
        let open = |renderer| {
            asked.push(renderer);
            let cause = "no driver".to_owned();
            if able.contains(&renderer) { Ok(()) } else { Err(OpenError::NoDrawing { renderer, cause }) }
        };
        let ended = wanted.draw(open, |news| told.push(news));
        (asked, told, ended)
    }

    #[test]
    fn the_first_that_can_draws_and_a_person_is_told_of_those_that_cannot() {
        let all = [Glow, Wgpu, Software];
        let news = [
            "glow cannot draw the window (no driver), so wgpu is tried",
            "wgpu cannot draw the window (no driver), so software is tried",
        ];
        for first in 0..all.len() {
            let (asked, told, ended) = asked(Auto, &all[first..]);
            assert_eq!((&asked[..], &told[..]), (&all[..=first], &news.map(str::to_owned)[..first]));
            assert!(ended.is_ok());
        }
    }

    #[test]
    fn who_is_named_draws_or_nobody() {
        for renderer in [Glow, Wgpu, Software] {
            let (asked, told, ended) = asked(renderer, &[]);
            assert_eq!((asked, told), (vec![renderer], vec![]));
            let text = ended.unwrap_err().to_string();
            assert!(text.starts_with(&format!("no driver, so {renderer} cannot draw the window")), "{text}");
            assert!(text.contains("--renderer auto"), "{text}");
        }
    }

    #[test]
    fn without_a_display_nobody_else_is_asked() {
        let mut count = 0;
        let open = |_| {
            count += 1;
            Err(OpenError::NoDisplay { cause: String::new() })
        };
        let ended = Auto.draw(open, |news| panic!("{news}"));
        assert!(matches!(ended, Err(OpenError::NoDisplay { .. })));
        assert_eq!(count, 1);
    }
}
