//! JSON values of a task file read whatever their type, because data sets in the wild mix texts, lists and worse.
//!
//! Only a syntax error stops the reading of a file. A value of another type than expected is read to its end and can
//! say what it is, so that its instance or example is passed over and counted.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Any JSON value. Text without escapes is borrowed from the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Loose<'f> {
    Text(Cow<'f, str>),
    List(Vec<Loose<'f>>),
    Object(Box<Fields<'f>>),
    Number,
    Bool,
    Null,
}

/// The values of an object under the keys that instances and examples have; other keys are passed over.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fields<'f> {
    pub(super) id: Option<Loose<'f>>,
    pub(super) input: Option<Loose<'f>>,
    pub(super) output: Option<Loose<'f>>,
    pub(super) explanation: Option<Loose<'f>>,
}

impl<'f> Loose<'f> {
    /// What the value is, to go on a sentence with.
    pub(super) fn what(&self) -> &'static str {
        match self {
            Loose::Text(_) => "a text",
            Loose::List(elements) if elements.is_empty() => "an empty list",
            Loose::List(_) => "a list",
            Loose::Object(_) => "an object",
            Loose::Number => "a number",
            Loose::Bool => "true or false",
            Loose::Null => "null",
        }
    }

    /// The fields of an object, or else what it is instead.
    pub(super) fn fields(self) -> Result<Fields<'f>, String> {
        match self {
            Loose::Object(fields) => Ok(*fields),
            other => Err(format!("it is {}, not an object", other.what())),
        }
    }

    /// A text, or else what it is instead.
    pub(super) fn text(self) -> Result<Cow<'f, str>, &'static str> {
        match self {
            Loose::Text(text) => Ok(text),
            other => Err(other.what()),
        }
    }

    /// One text or more; a lone text counts as a list of one.
    pub(super) fn texts(self) -> Result<Vec<Cow<'f, str>>, &'static str> {
        match self {
            Loose::Text(text) => Ok(vec![text]),
            Loose::List(elements) if !elements.is_empty() => {
                let texts: Result<Vec<_>, _> = elements.into_iter().map(Loose::text).collect();
                texts.map_err(|_| "a list with something else than text")
            }
            other => Err(other.what()),
        }
    }
}

/// The text that has to be under `key`.
pub(super) fn text_at<'f>(key: &str, value: Option<Loose<'f>>) -> Result<Cow<'f, str>, String> {
    let value = value.ok_or_else(|| format!("it has no `{key}`"))?;
    value.text().map_err(|what| format!("its `{key}` is {what}, not a text"))
}

/// The text or texts that have to be under `key`.
pub(super) fn texts_at<'f>(key: &str, value: Option<Loose<'f>>) -> Result<Vec<Cow<'f, str>>, String> {
    let value = value.ok_or_else(|| format!("it has no `{key}`"))?;
    value.texts().map_err(|what| format!("its `{key}` is {what}, not a text or a list of texts"))
}

impl<'f> Deserialize<'f> for Loose<'f> {
    fn deserialize<D: Deserializer<'f>>(deserializer: D) -> Result<Self, D::Error> {
        LooseSeed { copy: true }.deserialize(deserializer)
    }
}

/// Reads a [`Loose`]; without `copy`, text that cannot be borrowed comes out empty, for values only looked at.
#[derive(Clone, Copy)]
pub(super) struct LooseSeed {
    pub(super) copy: bool,
}

impl<'f> DeserializeSeed<'f> for LooseSeed {
    type Value = Loose<'f>;

    fn deserialize<D: Deserializer<'f>>(self, deserializer: D) -> Result<Loose<'f>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'f> Visitor<'f> for LooseSeed {
    type Value = Loose<'f>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'f str) -> Result<Loose<'f>, E> {
        Ok(Loose::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Loose<'f>, E> {
        Ok(Loose::Text(if self.copy { Cow::Owned(text.to_owned()) } else { Cow::Borrowed("") }))
    }

    fn visit_seq<A: SeqAccess<'f>>(self, mut elements: A) -> Result<Loose<'f>, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = elements.next_element_seed(self)? {
            list.push(element);
        }
        Ok(Loose::List(list))
    }

    fn visit_map<A: MapAccess<'f>>(self, mut entries: A) -> Result<Loose<'f>, A::Error> {
        let mut fields = Fields::default();
        while let Some(key) = entries.next_key::<Cow<'f, str>>()? {
            match key.as_ref() {
                "input" => fields.input = Some(entries.next_value_seed(self)?),
                // Counted or checked for every instance, so copied even where the instance is not kept.
                "id" => fields.id = Some(entries.next_value()?),
                "output" => fields.output = Some(entries.next_value()?),
                "explanation" => fields.explanation = Some(entries.next_value_seed(self)?),
                _ => drop(entries.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Loose::Object(Box::new(fields)))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Loose<'f>, E> {
        Ok(Loose::Number)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Loose<'f>, E> {
        Ok(Loose::Number)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Loose<'f>, E> {
        Ok(Loose::Number)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Loose<'f>, E> {
        Ok(Loose::Bool)
    }

    fn visit_unit<E: Error>(self) -> Result<Loose<'f>, E> {
        Ok(Loose::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Loose<'_> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_text_is_borrowed_unless_it_has_escapes() {
        assert!(matches!(read(r#""plain""#), Loose::Text(Cow::Borrowed("plain"))));
        assert_eq!(read(r#""a\nb""#).text(), Ok("a\nb".into()));
    }

    #[test]
    fn a_lone_text_is_a_list_of_one() {
        assert_eq!(read(r#""yes""#).texts(), Ok(vec!["yes".into()]));
        assert_eq!(read(r#"["yes", ""]"#).texts(), Ok(vec!["yes".into(), "".into()]));
    }

    #[test]
    fn anything_else_is_read_to_its_end_and_named() {
        for (json, what) in [
            ("null", "null"),
            ("3", "a number"),
            ("-3", "a number"),
            ("0.5", "a number"),
            ("true", "true or false"),
            (r#"{"a": [1, {}]}"#, "an object"),
            ("[]", "an empty list"),
            (r#"["a", 1]"#, "a list with something else than text"),
        ] {
            assert_eq!(read(json).texts(), Err(what), "{json}");
        }
        assert_eq!(read(r#"["a"]"#).text(), Err("a list"));
    }

    #[test]
    fn an_unwanted_input_is_not_copied_but_an_output_is() {
        let mut reader = serde_json::Deserializer::from_str(r#"{"input": "a\nb", "output": "c\nd", "extra": [0]}"#);
        let Loose::Object(fields) = (LooseSeed { copy: false }).deserialize(&mut reader).unwrap() else {
            panic!("not an object");
        };
        assert_eq!(fields.input, Some(Loose::Text("".into())));
        assert_eq!(fields.output, Some(Loose::Text("c\nd".into())));
    }
}
