//! JSON values as our own types. Serde by itself takes a list for an object, as the fields in their order, and says what
//! does not fit in words of Rust.

use serde::{
    Deserializer,
    de::{
        self, Expected, IntoDeserializer, Unexpected, Visitor,
        value::{MapDeserializer, SeqDeserializer, StringDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Number, Value};
use std::fmt;

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The object lacks this field.
    Missing(&'static str),
    /// The object has this field, and none such is known.
    Unknown(String),
    /// Anything else, in a sentence.
    Unfit(String),
}

impl Fault {
    fn must_be(what: &str) -> Self {
        Self::Unfit(format!("This must be {what}."))
    }

    fn must_be_one_of(names: &[&str]) -> Self {
        Self::must_be(&format!("one of: {}", names.join(", ")))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(field) => write!(f, "The field {field} is missing."),
            Self::Unknown(field) => write!(f, "There is no field {field} here: check its name."),
            Self::Unfit(sentence) => f.write_str(sentence),
        }
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        // The library's own words go on with what it expects at which letter.
        if message.starts_with("UUID parsing failed") {
            Self::must_be("a UUID")
        } else {
            Self::Unfit(sentence(&message))
        }
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::Unfit("This is not of the kind that belongs here.".into())
    }

    fn invalid_value(unexpected: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::Unfit(match unexpected {
            Unexpected::Signed(_) | Unexpected::Unsigned(_) => "This number is too small or too large.".into(),
            _ => "This value does not fit.".into(),
        })
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::Unfit("This list is too short or too long.".into())
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::must_be_one_of(expected)
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::Unknown(field.to_owned())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.trim_end_matches('.').chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

/// A value of which each part is what it is read as, at any depth.
pub(super) struct Strict(pub(super) Value);

impl Strict {
    fn read<'de, V: Visitor<'de>>(self, visitor: V, fits: bool, wanted: &str) -> Result<V::Value, Fault> {
        if fits { self.deserialize_any(visitor) } else { Err(Fault::must_be(wanted)) }
    }

    fn read_object<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let fits = self.0.is_object();
        self.read(visitor, fits, "an object")
    }

    fn read_list<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let fits = self.0.is_array();
        self.read(visitor, fits, "a list")
    }

    fn read_text<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let fits = self.0.is_string();
        self.read(visitor, fits, "text")
    }

    fn read_number<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let fits = self.0.is_number();
        self.read(visitor, fits, "a number")
    }

    fn read_whole_number<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let fits = self.0.is_i64() || self.0.is_u64();
        self.read(visitor, fits, "a whole number")
    }
}

/// Methods that only differ by their names.
macro_rules! read_by {
    ($($method:ident: $read:ident,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.$read(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Strict {
    type Error = Fault;

    read_by! {
        deserialize_map: read_object,
        deserialize_seq: read_list,
        deserialize_str: read_text,
        deserialize_string: read_text,
        deserialize_f32: read_number,
        deserialize_f64: read_number,
        deserialize_i8: read_whole_number,
        deserialize_i16: read_whole_number,
        deserialize_i32: read_whole_number,
        deserialize_i64: read_whole_number,
        deserialize_u8: read_whole_number,
        deserialize_u16: read_whole_number,
        deserialize_u32: read_whole_number,
        deserialize_u64: read_whole_number,
    }

    forward_to_deserialize_any! { bytes byte_buf char unit unit_struct identifier }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(flag),
            Value::Number(number) => visit_number(&number, visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => {
                SeqDeserializer::<_, Fault>::new(items.into_iter().map(Strict)).deserialize_any(visitor)
            }
            Value::Object(fields) => {
                let fields = fields.into_iter().map(|(name, field)| (name, Strict(field)));
                MapDeserializer::<_, Fault>::new(fields).deserialize_any(visitor)
            }
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let fits = self.0.is_boolean();
        self.read(visitor, fits, "true or false")
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.read_object(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.read_list(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.read_list(visitor)
    }

    /// Only names: no call takes a choice that carries something.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let Value::String(name) = self.0 else { return Err(Fault::must_be_one_of(names)) };
        let name: StringDeserializer<Fault> = name.into_deserializer();
        visitor.visit_enum(name)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }
}

impl<'de> IntoDeserializer<'de, Fault> for Strict {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn visit_number<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Fault> {
    match (number.as_u64(), number.as_i64(), number.as_f64()) {
        (Some(number), ..) => visitor.visit_u64(number),
        (None, Some(number), _) => visitor.visit_i64(number),
        (None, None, Some(number)) => visitor.visit_f64(number),
        (None, None, None) => Err(Fault::must_be("a number")),
    }
}
