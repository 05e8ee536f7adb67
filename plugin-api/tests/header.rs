//! The C header says what `abi.rs` says: it is made from that file, and this test makes it anew.
//!
//! `PLACEBO_WRITE_HEADER=1 cargo test -p placebo-plugin-api --test header` writes it.

#![allow(clippy::unwrap_used, reason = "a test may fail wherever it stands")]

use std::path::Path;

use placebo_plugin_api::abi::{ABI_VERSION, SYMBOL};

const ABI: &str = include_str!("../src/abi.rs");

/// One field of a struct with the comment above it.
struct Field {
    comment: Vec<String>,
    declaration: String,
}

#[test]
fn the_header_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("include/placebo_plugin.h");
    let header = header();
    if std::env::var_os("PLACEBO_WRITE_HEADER").is_some() {
        std::fs::write(&path, &header).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), header, "PLACEBO_WRITE_HEADER=1 writes it");
}

fn header() -> String {
    let (bytes, entry) = (structure("Bytes"), structure("Entry"));
    format!(
        "/* The binary interface of Placebo's plugins, made from plugin-api/src/abi.rs.\n *\n \
         * A library exports one symbol, a static `const PlaceboEntry {SYMBOL}`. */\n\n\
         #ifndef PLACEBO_PLUGIN_H\n#define PLACEBO_PLUGIN_H\n\n#include <stddef.h>\n#include <stdint.h>\n\n\
         #define PLACEBO_ABI_VERSION {ABI_VERSION}\n\n{bytes}\n{entry}\n\
         #ifdef __cplusplus\nextern \"C\" {{\n#endif\nextern const PlaceboEntry {SYMBOL};\n\
         #ifdef __cplusplus\n}}\n#endif\n\n#endif\n"
    )
}

/// The C struct of the Rust struct of this name.
fn structure(name: &str) -> String {
    let begin = format!("pub struct {name} {{\n");
    let (before, after) = ABI.split_once(&begin).unwrap();
    let comment =
        before.lines().rev().skip_while(|line| line.starts_with("#[")).take_while(|line| line.starts_with("///"));
    let mut comment: Vec<String> = comment.map(sentence).collect();
    comment.reverse();
    let mut text = format!("/* {} */\ntypedef struct {{\n", comment.join(" "));
    for field in fields(after.split_once("\n}").unwrap().0) {
        if !field.comment.is_empty() {
            text.push_str(&format!("    /* {} */\n", field.comment.join("\n       ")));
        }
        text.push_str(&format!("    {};\n", field.declaration));
    }
    text + &format!("}} Placebo{name};\n")
}

fn fields(body: &str) -> Vec<Field> {
    let (mut fields, mut comment) = (Vec::new(), Vec::new());
    for line in body.lines().map(str::trim) {
        if line.starts_with("///") {
            comment.push(sentence(line));
        } else {
            let (name, kind) = line.trim_start_matches("pub ").trim_end_matches(',').split_once(": ").unwrap();
            fields.push(Field { comment: std::mem::take(&mut comment), declaration: declaration(name, kind) });
        }
    }
    fields
}

fn declaration(name: &str, kind: &str) -> String {
    let kind = kind.split_once("fn(").map_or(kind, |(_, signature)| signature);
    match kind {
        "u32" => format!("uint32_t {name}"),
        "usize" => format!("size_t {name}"),
        "*mut u8" => format!("uint8_t *{name}"),
        "data: *const u8, length: usize) -> Bytes" => {
            format!("PlaceboBytes (*{name})(const uint8_t *data, size_t length)")
        }
        "bytes: Bytes)" => format!("void (*{name})(PlaceboBytes bytes)"),
        other => panic!("what is {other} in C?"),
    }
}

/// A line of a documentation comment, its links to other items as plain code.
fn sentence(line: &str) -> String {
    line.trim_start_matches("///").trim().replace("[`", "`").replace("`]", "`")
}
