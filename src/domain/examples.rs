//! The invented records of the training mode: made when the app is built, read on the phone.
//!
//! ```text
//!   invented answers ──Examples──► changes in one file, beside the app ──► a training notebook
//! ```
//!
//! The file holds changes and no word about who made them: whoever reads it takes them as the examples' own,
//! so that it can speak for nobody else.

use crate::change::{BadChange, Change, Edit, RecordKey, Value};
use crate::clock::Hlc;
use crate::codec;
use crate::digest;
use crate::fold::{CREATED, EXAMPLES_MEMBER};
use crate::ids::RecordId;

/// The version of the file.
const FORMAT: u8 = 1;

/// Invented records, one change each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examples(Vec<Change>);

impl Examples {
    /// Adds a record with these fields, written at `at`, in milliseconds since 1970. Its id and its bytes follow
    /// from its name and its fields alone, so that two builds make the same file.
    ///
    /// # Errors
    /// [`BadChange`] for a record without fields.
    pub fn add(
        &mut self,
        kind: &str,
        name: &str,
        fields: impl IntoIterator<Item = (String, Value)>,
        at: u64,
    ) -> Result<RecordKey, BadChange> {
        let salt = salt("example", name);
        let id = RecordId::of(&EXAMPLES_MEMBER, &salt);
        let key = RecordKey { kind: kind.to_owned(), id };
        let created = (CREATED.to_owned(), Value::Bytes(salt.to_vec()));
        let edit = |(field, value)| Edit { field, value: Some(value), replaces: Vec::new() };
        let edits = fields.into_iter().chain([created]).map(edit).collect();
        let at = Hlc::default().tick(at);
        self.0.push(Change::new(self::salt("example change", name), key.clone(), at, edits)?);
        Ok(key)
    }

    /// The changes, in the order in which they were added.
    pub fn changes(&self) -> &[Change] {
        &self.0
    }

    /// As it lies beside the app.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::encode(FORMAT, &self.0.iter().map(Change::to_bytes).collect::<Vec<_>>())
    }

    /// As read back.
    ///
    /// # Errors
    /// [`BadChange`]: it is no such file.
    pub fn read(bytes: &[u8]) -> Result<Self, BadChange> {
        let changes: Vec<Vec<u8>> = codec::decode(FORMAT, bytes)?;
        Ok(Self(changes.iter().map(|bytes| Change::from_bytes(bytes)).collect::<Result<_, _>>()?))
    }
}

fn salt(purpose: &str, name: &str) -> [u8; 16] {
    let hash = digest::labelled(purpose, &[name.as_bytes()]);
    let mut salt = [0; 16];
    salt.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    salt
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tea() -> Examples {
        let mut examples = Examples::default();
        let alias = [("alias".to_owned(), Value::from("Les Trois Théières"))];
        examples.add("initiative", "tea", alias, 1_790_000_000_000).unwrap();
        examples
    }

    #[test]
    fn a_file_is_read_back_and_is_the_same_in_every_build() {
        assert_eq!(Examples::read(&tea().to_bytes()), Ok(tea()));
        assert_eq!(tea().to_bytes(), tea().to_bytes());
        assert!(Examples::read(b"<!doctype html>").is_err());
        assert!(Examples::read(&tea().to_bytes()[1..]).is_err());
    }

    #[test]
    fn every_example_is_created_by_the_examples() {
        for change in tea().changes() {
            let created = change.edits().find(|edit| edit.field == CREATED).unwrap();
            let Some(Value::Bytes(salt)) = &created.value else { panic!("{created:?}") };
            let salt: [u8; 16] = salt.as_slice().try_into().unwrap();
            assert_eq!(RecordId::of(&EXAMPLES_MEMBER, &salt), change.record().id);
        }
    }
}
