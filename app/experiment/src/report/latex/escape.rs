//! Text as LaTeX takes it literally.

/// The text with everything escaped that LaTeX would take for a command, for running text and table cells.
pub fn escaped(text: &str) -> String {
    text.chars().map(letter).collect()
}

/// The text in typewriter letters, hyphens and all as they are.
pub fn code(text: &str) -> String {
    // Two hyphens would become a dash.
    format!("\\texttt{{{}}}", escaped(text).replace('-', "-{}"))
}

/// Whether pdfLaTeX, as it comes, lacks some of the letters.
pub(super) fn is_beyond_pdflatex(text: &str) -> bool {
    // Latin-1 and Latin Extended-A are what its usual fonts have, and the punctuation that it maps itself.
    text.chars().any(|letter| letter > '\u{17f}' && !"‘’‚“”„†‡•‰€™".contains(letter))
}

fn letter(letter: char) -> String {
    let known = match letter {
        '\\' => "\\textbackslash{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '<' => "\\textless{}",
        '>' => "\\textgreater{}",
        '|' => "\\textbar{}",
        // A shorthand of some languages.
        '"' => "{\\char34}",
        '`' => "\\textasciigrave{}",
        // After `\\` these would be its arguments.
        '[' => "{[}",
        ']' => "{]}",
        '*' => "{*}",
        '–' => "--",
        '—' => "---",
        '…' => "\\ldots{}",
        '±' => "$\\pm$",
        '×' => "$\\times$",
        '·' => "$\\cdot$",
        '−' => "$-$",
        '≈' => "$\\approx$",
        '≠' => "$\\ne$",
        '≤' => "$\\le$",
        '≥' => "$\\ge$",
        '→' => "$\\to$",
        '∞' => "$\\infty$",
        'α' => "$\\alpha$",
        'β' => "$\\beta$",
        '₁' => "$_1$",
        '₂' => "$_2$",
        _ => return other(letter),
    };
    known.to_owned()
}

fn other(letter: char) -> String {
    match letter {
        '#' | '$' | '%' | '&' | '_' | '{' | '}' => format!("\\{letter}"),
        letter if letter.is_control() => " ".to_owned(),
        letter => letter.to_string(),
    }
}
