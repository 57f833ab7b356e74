//! Drawing the code of a new collective, and codes that two collectives have.
//!
//! A code is six characters of thirty, all of them random: 729 million. There is no check character: a card
//! is copied by hand, and of 5,000 codes a wrong character hits another one seven times in a million, which
//! the alias then tells. Two phones without a connection can draw the same; over 5,000 codes drawn blindly
//! that happens in one campaign of sixty. Both cards are out then, so neither code is changed silently:
//! whoever gives the code is asked for the alias too, and coordinators see the [`Clash`] and give the
//! younger collective another code with its next card.

use std::collections::BTreeMap;

use super::Register;
use crate::forms::{collective_code, normalise_collective_code};
use crate::ids::RecordId;

/// More draws than anybody ever needs: that so many are taken has a chance of one in 10^40.
const DRAWS: usize = 8;

/// A code that several collectives have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The code.
    pub code: String,
    /// Who has it, by id.
    pub holders: Vec<RecordId>,
}

/// A code that no collective known here has. `random` gives six fresh random bytes at each call; none when
/// it gives taken codes again and again, that is when it is not random.
pub fn draw_code(register: &Register, random: &mut dyn FnMut() -> [u8; 6]) -> Option<String> {
    let mut draws = (0..DRAWS).map(|_| collective_code(random()));
    draws.find(|code| register.holders(code).is_empty())
}

impl Register {
    /// The collectives with this code, as it was typed. Several: ask for the alias.
    pub fn holders(&self, typed: &str) -> Vec<RecordId> {
        let Some(code) = normalise_collective_code(typed) else { return Vec::new() };
        let with_it = self.rows.iter().filter(|(_, row)| row.code() == Some(&code));
        with_it.map(|(id, _)| *id).collect()
    }

    /// Every code that several collectives have, by code.
    pub fn clashes(&self) -> Vec<Clash> {
        let mut holders: BTreeMap<&str, Vec<RecordId>> = BTreeMap::new();
        for (id, row) in &self.rows {
            if let Some(code) = row.code() {
                holders.entry(code).or_default().push(*id);
            }
        }
        let several = holders.into_iter().filter(|(_, ids)| ids.len() > 1);
        several.map(|(code, holders)| Clash { code: code.to_owned(), holders }).collect()
    }
}
