//! A row as it is held: compact, with what searching needs ready.

use super::Known;
use super::words::letters;
use crate::forms::places::commune_of;
use crate::forms::{CivilDate, normalise_collective_code, search_key};
use crate::ids::RecordId;

/// A row. Codes that many rows share are held once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    alias: Box<str>,
    /// The alias as it is searched.
    pub(super) key: Box<str>,
    /// The letters of the key.
    pub(super) letters: u64,
    /// Six characters of the alphabet.
    pub(super) code: Option<[u8; 6]>,
    pub(super) place: Option<CodeId>,
    pub(super) housing: Option<CodeId>,
    pub(super) households: Option<CodeId>,
    pub(super) active: bool,
    pub(super) district: Option<u8>,
    pub(super) since: Option<u16>,
    pub(super) visits: Box<[CivilDate]>,
    pub(super) own_visit: Option<CivilDate>,
}

/// The place of a code in [`Codes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CodeId(u16);

/// Codes of places, housing types and sizes: some hundred at most.
#[derive(Debug, Clone, Default)]
pub(super) struct Codes(Vec<Code>);

#[derive(Debug, Clone)]
struct Code {
    code: Box<str>,
    /// The words under which rows with it are found.
    key: Box<str>,
}

impl Row {
    pub(super) fn new(known: &Known<'_>, codes: &mut Codes) -> Self {
        let key = search_key(known.alias).into_boxed_str();
        let code = known.code.and_then(normalise_collective_code);
        Self {
            alias: known.alias.into(),
            letters: letters(&key),
            key,
            code: code.and_then(|code| code.as_bytes().try_into().ok()),
            place: known.place_code.and_then(|code| codes.id(code)),
            housing: known.housing_type.and_then(|code| codes.id(code)),
            households: known.households_band.and_then(|code| codes.id(code)),
            active: known.active,
            district: known.district,
            since: known.hosting_since,
            visits: known.visits.into(),
            own_visit: known.own_visit,
        }
    }

    pub(super) fn known<'a>(&'a self, id: RecordId, codes: &'a Codes) -> Known<'a> {
        let text = |id: Option<CodeId>| id.and_then(|id| codes.text(id));
        Known {
            id,
            alias: &self.alias,
            code: self.code(),
            place_code: text(self.place),
            housing_type: text(self.housing),
            active: self.active,
            district: self.district,
            hosting_since: self.since,
            households_band: text(self.households),
            visits: &self.visits,
            own_visit: self.own_visit,
        }
    }

    pub(super) fn code(&self) -> Option<&str> {
        std::str::from_utf8(self.code.as_ref()?).ok()
    }
}

impl CodeId {
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl Codes {
    /// The id of a code that a row has.
    pub(super) fn find(&self, code: &str) -> Option<CodeId> {
        let index = self.0.iter().position(|held| &*held.code == code)?;
        u16::try_from(index).ok().map(CodeId)
    }

    /// The id of a code; none once there are more than anybody has.
    fn id(&mut self, code: &str) -> Option<CodeId> {
        if let Some(known) = self.find(code) {
            return Some(known);
        }
        let id = u16::try_from(self.0.len()).ok().map(CodeId)?;
        self.0.push(Code { code: code.into(), key: place_words(code).into_boxed_str() });
        Some(id)
    }

    pub(super) fn name(&mut self, code: &str, words: &str) {
        let id = self.id(code);
        if let Some(named) = id.and_then(|id| self.0.get_mut(id.index())) {
            named.key = search_key(words).into_boxed_str();
        }
    }

    pub(super) fn text(&self, id: CodeId) -> Option<&str> {
        self.0.get(id.index()).map(|code| &*code.code)
    }

    /// The words of every code, by its index.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|code| &*code.key)
    }
}

/// Names in both languages with their short forms, names of parts, postal codes; nothing for other codes.
fn place_words(code: &str) -> String {
    let Some(commune) = commune_of(code) else { return String::new() };
    let names = [commune.fr, commune.nl].into_iter();
    let all =
        names.chain(commune.parts.iter().copied()).chain(commune.postal_codes.iter().copied());
    let mut key = search_key(&all.collect::<Vec<_>>().join(" "));
    for (long, short) in [("saint ", " st"), ("sint ", " st"), ("sainte ", " ste")] {
        if key.contains(long) {
            key.push_str(short);
        }
    }
    key
}
