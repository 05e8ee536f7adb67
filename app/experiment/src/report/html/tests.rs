//! A page of a made-up study: whole, well-formed, self-contained, and safe from names.

use super::*;
use crate::report::methods::{Study, paragraphs};
use crate::report::sheet::tests::{comparison, hostile, style};
use crate::report::testing::made_up;
use crate::report::{Column, read_records};

fn picture() -> Picture {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"><clipPath id=\"c1\"></clipPath><g clip-path=\"url(#c1)\"></g></svg>\n";
    Picture {
        svg: svg.into(),
        caption: "Bars & <bars>.".into(),
        notes: vec!["A note.".into()],
        files: vec!["figures/bars.svg".into(), "figures/bars.300dpi.png".into()],
    }
}

fn page(comparison: &Comparison, title: &str) -> String {
    let results = tempfile::tempdir().unwrap();
    let (records, _) = read_records(&made_up(results.path())).unwrap();
    let studies = Study::read(&records).unwrap();
    let methods: Vec<_> = studies.iter().map(|study| (study.plan.clone(), paragraphs(study, comparison))).collect();
    write(&Page {
        title,
        records: &records,
        comparison,
        sheet: &Sheet::of(comparison, &style()),
        methods: &methods,
        figures: &[picture(), picture()],
        files: &["table.tex".to_owned(), "a b&c.csv".to_owned()],
        problems: &["damaged: `x`".to_owned()],
        build: &Build { version: "0.1.0".into(), commit: String::new() },
    })
}

/// Names of elements that are opened and never closed, or closed and never opened.
fn unbalanced(html: &str) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut faults = Vec::new();
    for tag in html.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
        let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        if name.starts_with('!') || ["meta", "br"].contains(&name) || tag.ends_with('/') {
            continue;
        }
        match tag.starts_with('/') {
            false => open.push(name),
            true if open.last() == Some(&name) => drop(open.pop()),
            true => faults.push(name.to_owned()),
        }
    }
    faults.extend(open.into_iter().map(str::to_owned));
    faults
}

#[test]
fn a_page_has_every_part_and_every_element_is_closed() {
    let page = page(&comparison(), "Trial");
    assert_eq!(unbalanced(&page), [""; 0], "{page}");
    for id in ["problems", "comparison", "differences", "figures", "tasks", "methods", "runs", "files"] {
        assert!(page.contains(&format!("<section id=\"{id}\"")) && page.contains(&format!("href=\"#{id}\"")), "{id}");
    }
    assert!(page.contains("<strong>75.0000</strong> <small>± 35.3553</small>"), "{page}");
    assert!(page.contains("40.0000<sup title=\"differs from the baseline\">*</sup>"), "{page}");
}

#[test]
fn a_page_needs_nothing_from_anywhere() {
    let page = page(&comparison(), "Trial");
    for word in ["<script", "<link", "src=", "@import", "https:"] {
        assert!(!page.contains(word), "{word}");
    }
    let namespaces = page.matches("http://www.w3.org/2000/svg").count();
    assert_eq!(page.matches("http:").count(), namespaces);
}

#[test]
fn drawings_do_not_share_identifiers() {
    let page = page(&comparison(), "Trial");
    for id in ["f1-c1", "f2-c1"] {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1);
        assert_eq!(page.matches(&format!("url(#{id})")).count(), 1);
    }
    assert!(page.contains("<a href=\"a%20b%26c.csv\">a b&amp;c.csv</a>") && page.contains(">300dpi.png</a>"), "{page}");
}

#[test]
fn no_name_breaks_the_page() {
    let page = page(&hostile(), "<script>alert(\"1\")</script>");
    assert_eq!(unbalanced(&page), [""; 0]);
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;alert(&quot;1&quot;)"), "{page}");
}

#[test]
fn every_task_s_score_is_there() {
    let results = tempfile::tempdir().unwrap();
    let (records, _) = read_records(&made_up(results.path())).unwrap();
    let comparison = Comparison::of(&records, Column::of_the_study());
    let page = Page {
        title: "",
        records: &records,
        comparison: &comparison,
        sheet: &Sheet::of(&comparison, &style()),
        methods: &[],
        figures: &[],
        files: &[],
        problems: &[],
        build: &Build::default(),
    };
    let tasks = tasks::write(&page);
    assert!(tasks.contains("<summary>Exact match</summary>") && tasks.contains("<summary>ROUGE-L</summary>"));
    let sentiment =
        tasks.split("<th scope=\"row\">task1_sentiment</th>").nth(1).unwrap().split("</tr>").next().unwrap();
    let mean = |condition: &str, seeds: usize| -> f64 {
        let of = records.iter().filter(|record| record.spec.condition.name == condition);
        of.map(|record| record.scores.as_ref().unwrap().metrics[0].tasks["task1_sentiment"].mean).sum::<f64>()
            / seeds as f64
    };
    for mean in [mean("Original", 2), mean("Empty & bare", 2)] {
        assert!(sentiment.contains(&format!(">{mean}</td>")), "{mean}: {sentiment}");
    }
}
