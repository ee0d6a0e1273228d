//! The key of a page: the hash of all that its view says.
//!
//! The view is written down as bytes that say everything once and in order, with the length of whatever
//! has one, so that no two views give the same. Texts are written as their sources and what their links
//! lead to, not as HTML: that is what makes a key much cheaper than the page.

use std::fmt;

use serde::ser::{self, Serialize};
use xxhash_rust::xxh3::xxh3_128;

/// The key of a view.
pub(super) fn of(view: &impl Serialize) -> Result<u128, Failed> {
    let mut bytes = Bytes(Vec::with_capacity(16 * 1024));
    view.serialize(&mut bytes)?;
    Ok(xxh3_128(&bytes.0))
}

/// A view that cannot be written down; its page is made anew each time.
#[derive(Debug)]
pub(super) struct Failed;

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the view cannot be written down")
    }
}

impl std::error::Error for Failed {}

impl ser::Error for Failed {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// What has been written.
struct Bytes(Vec<u8>);

impl Bytes {
    /// A value of a kind, of a length that the kind has.
    fn put(&mut self, kind: u8, bytes: &[u8]) -> Result<(), Failed> {
        self.0.push(kind);
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    /// A value of a kind, of a length of its own.
    fn long(&mut self, kind: u8, bytes: &[u8]) -> Result<(), Failed> {
        self.put(kind, &(bytes.len() as u64).to_le_bytes())?;
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    /// The beginning of something that an end follows.
    fn begin(&mut self, kind: u8) -> Result<&mut Self, Failed> {
        self.put(kind, &[])?;
        Ok(self)
    }

    fn end(&mut self) -> Result<(), Failed> {
        self.put(b'.', &[])
    }
}

/// Numbers by their bytes.
macro_rules! numbers {
    ($($name:ident: $type:ty = $kind:literal),+ $(,)?) => {
        $(fn $name(self, value: $type) -> Result<(), Failed> { self.put($kind, &value.to_le_bytes()) })+
    };
}

impl ser::Serializer for &mut Bytes {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    numbers! {
        serialize_i8: i8 = 1, serialize_i16: i16 = 2, serialize_i32: i32 = 3, serialize_i64: i64 = 4,
        serialize_u8: u8 = 5, serialize_u16: u16 = 6, serialize_u32: u32 = 7, serialize_u64: u64 = 8,
        serialize_f32: f32 = 9, serialize_f64: f64 = 10, serialize_i128: i128 = 11, serialize_u128: u128 = 12,
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, value: bool) -> Result<(), Failed> {
        self.put(b'b', &[u8::from(value)])
    }

    fn serialize_char(self, value: char) -> Result<(), Failed> {
        self.put(b'c', &u32::from(value).to_le_bytes())
    }

    fn serialize_str(self, value: &str) -> Result<(), Failed> {
        self.long(b's', value.as_bytes())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Failed> {
        self.long(b'y', value)
    }

    fn serialize_none(self) -> Result<(), Failed> {
        self.put(b'n', &[])
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Failed> {
        value.serialize(self.begin(b'o')?)
    }

    fn serialize_unit(self) -> Result<(), Failed> {
        self.put(b'u', &[])
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Failed> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, at: u32, _: &'static str) -> Result<(), Failed> {
        self.put(b'v', &at.to_le_bytes())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        at: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        self.put(b'w', &at.to_le_bytes())?;
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Failed> {
        self.begin(b'[')
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Failed> {
        self.begin(b'(')
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Failed> {
        self.begin(b'(')
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        at: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Failed> {
        self.put(b't', &at.to_le_bytes())?;
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Failed> {
        self.begin(b'{')
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Failed> {
        self.begin(b'{')
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        at: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, Failed> {
        self.put(b'q', &at.to_le_bytes())?;
        Ok(self)
    }
}

/// Elements one after another, then the end.
macro_rules! elements {
    ($($of:ident: $method:ident),+ $(,)?) => {
        $(impl ser::$of for &mut Bytes {
            type Ok = ();
            type Error = Failed;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Failed> {
                Bytes::end(self)
            }
        })+
    };
}

/// Fields with their names, then the end.
macro_rules! fields {
    ($($of:ident),+ $(,)?) => {
        $(impl ser::$of for &mut Bytes {
            type Ok = ();
            type Error = Failed;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Failed> {
                self.long(b'k', name.as_bytes())?;
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), Failed> {
                Bytes::end(self)
            }
        })+
    };
}

elements! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

fields! { SerializeStruct, SerializeStructVariant }

impl ser::SerializeMap for &mut Bytes {
    type Ok = ();
    type Error = Failed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Failed> {
        Bytes::end(self)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::prose::{Destinations, Shared, Text};

    #[test]
    fn what_differs_has_another_key() {
        let keys = [
            of(&("a", "b")).unwrap(),
            of(&("ab", "")).unwrap(),
            of(&["a", "b"]).unwrap(),
            of(&vec!["a", "b"]).unwrap(),
            of(&(vec!["a"], "b")).unwrap(),
            of(&(Some("a"), "b")).unwrap(),
            of(&(1u8, 2u8)).unwrap(),
            of(&(1u16, 2u8)).unwrap(),
        ];
        let mut different = keys.to_vec();
        different.sort_unstable();
        different.dedup();
        // an array is a tuple
        assert_eq!(different.len(), keys.len() - 1);
        assert_eq!(of(&("a", "b")).unwrap(), keys[0]);
    }

    #[test]
    fn a_text_is_known_by_its_source_and_by_where_its_links_lead() {
        let text = |source: &str, name: &str| {
            let people = [("ada".to_owned(), ("people/ada/".to_owned(), name.to_owned()))].into();
            let shared = Shared::new(Destinations::new(), Arc::default(), people, false, Arc::default());
            Text { source: Arc::from(source), shared: Arc::new(shared), ..Text::default() }
        };
        let key = of(&text("x @ada", "Ada")).unwrap();
        assert_eq!(key, of(&text("x @ada", "Ada")).unwrap());
        assert_ne!(key, of(&text("y @ada", "Ada")).unwrap());
        assert_ne!(key, of(&text("x @ada", "Ada O.")).unwrap());
    }
}
