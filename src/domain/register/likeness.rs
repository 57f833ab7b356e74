//! "Already visited?": collectives that may be the same. A suggestion, never more.

use std::cmp::Reverse;

use super::trigrams::Trigrams;
use super::{Known, Register, finding};
use crate::forms::{CivilDate, normalise_collective_code, search_key};
use crate::ids::RecordId;

/// Collectives of one place with so many points are suggested.
pub const SUGGESTED_FROM: u8 = 7;

/// A code that says nothing: two collectives of which it is said are not alike by it.
const UNKNOWN: &str = "unknown";

/// Why two collectives may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// The code that was typed by hand is its code: certain, whatever else is said.
    SameCode,
    /// The same place.
    SamePlace,
    /// The same district.
    SameDistrict,
    /// Districts that touch.
    NextDistrict,
    /// The same housing type, and a known one.
    SameHousing,
    /// Hosting since years at most one apart.
    SameYears,
    /// The same number of households, and a known one.
    SameSize,
    /// Aliases whose trigrams are alike by 0.6 or more, without accents and case.
    SameAlias,
    /// Aliases whose trigrams are alike by 0.4 or more.
    AlikeAlias,
    /// Visits on one day or on two days that follow each other.
    SameDays,
}

/// A collective that may be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// The collective.
    pub id: RecordId,
    /// The sum of its signs' points.
    pub points: u8,
    /// Why, in the order of [`Sign`]. With [`Sign::SameCode`] it is certain.
    pub signs: Vec<Sign>,
}

impl Sign {
    /// Every sign.
    pub const ALL: [Self; 10] = [
        Self::SameCode,
        Self::SamePlace,
        Self::SameDistrict,
        Self::NextDistrict,
        Self::SameHousing,
        Self::SameYears,
        Self::SameSize,
        Self::SameAlias,
        Self::AlikeAlias,
        Self::SameDays,
    ];

    /// Its points. The typed code has none: it needs none.
    pub fn points(self) -> u8 {
        match self {
            Self::SameCode => 0,
            Self::SamePlace | Self::SameAlias => 3,
            Self::SameDistrict | Self::SameHousing => 2,
            Self::NextDistrict
            | Self::SameYears
            | Self::SameSize
            | Self::AlikeAlias
            | Self::SameDays => 1,
        }
    }

    /// The stable word: sentences are in the locale files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SameCode => "same_code",
            Self::SamePlace => "same_place",
            Self::SameDistrict => "same_district",
            Self::NextDistrict => "next_district",
            Self::SameHousing => "same_housing",
            Self::SameYears => "same_years",
            Self::SameSize => "same_size",
            Self::SameAlias => "same_alias",
            Self::AlikeAlias => "alike_alias",
            Self::SameDays => "same_days",
        }
    }
}

/// For where it is not known which districts touch: none does.
pub fn no_neighbours(_: u8, _: u8) -> bool {
    false
}

impl Register {
    /// The collectives that may be this one, the surest first, at most so many. Those of equal points by
    /// alias and id.
    ///
    /// `typed` is a code that somebody typed by hand: whoever has it comes first, whatever its state and
    /// place. All others are active, of the same place, and have [`SUGGESTED_FROM`] points. `touching` says
    /// which of two residential districts touch. The collective itself, by its id, is never among them.
    pub fn alike(
        &self,
        one: &Known<'_>,
        typed: Option<&str>,
        touching: fn(u8, u8) -> bool,
        most: usize,
    ) -> Vec<Likeness> {
        let typed = typed.and_then(normalise_collective_code);
        let place = one.place_code.and_then(|code| self.codes.find(code));
        let trigrams = Trigrams::new(&search_key(one.alias));
        let alike = self.rows.iter().filter_map(|(id, other)| {
            let certain = typed.is_some() && other.code() == typed.as_deref();
            let near = one.active && other.active && place.is_some() && other.place == place;
            if *id == one.id || !(certain || near) {
                return None;
            }
            let mut signs = plain_signs(one, &other.known(*id, &self.codes), touching);
            // Most rows of a place end here: not even the same alias would make up for the rest.
            if certain || signs.points() + Sign::SameAlias.points() >= SUGGESTED_FROM {
                signs.add_if(certain, Sign::SameCode);
                signs.add_alias(&trigrams, &Trigrams::new(&other.key));
            }
            let suggested = certain || signs.points() >= SUGGESTED_FROM;
            suggested.then_some((Reverse((certain, signs.points())), &*other.key, *id, signs))
        });
        let (first, _) = finding::first(alike, most);
        let likeness = |(_, _, id, signs): (_, _, _, Signs)| Likeness {
            id,
            points: signs.points(),
            signs: signs.list(),
        };
        first.into_iter().map(likeness).collect()
    }
}

/// A set of signs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Signs(u16);

impl Signs {
    fn add_if(&mut self, holds: bool, sign: Sign) {
        self.0 |= u16::from(holds) << sign as u16;
    }

    fn add_alias(&mut self, one: &Trigrams, other: &Trigrams) {
        let (shared, all) = one.shared_of(other);
        let from = |tenths: usize| all > 0 && shared * 10 >= all * tenths;
        self.add_if(from(6), Sign::SameAlias);
        self.add_if(from(4) && !from(6), Sign::AlikeAlias);
    }

    fn list(self) -> Vec<Sign> {
        Sign::ALL.into_iter().filter(|sign| self.0 >> *sign as u16 & 1 == 1).collect()
    }

    fn points(self) -> u8 {
        Sign::ALL.iter().filter(|sign| self.0 >> **sign as u16 & 1 == 1).map(|s| s.points()).sum()
    }
}

/// All signs but those of alias and code.
fn plain_signs(one: &Known<'_>, other: &Known<'_>, touching: fn(u8, u8) -> bool) -> Signs {
    let same = |a: Option<&str>, b: Option<&str>| a.is_some() && a == b && a != Some(UNKNOWN);
    let districts = one.district.zip(other.district);
    let years = one.hosting_since.zip(other.hosting_since);
    let follow = |a: &CivilDate, b: &CivilDate| a.days_after(*b).abs() <= 1;
    let days = one.visits.iter().any(|a| other.visits.iter().any(|b| follow(a, b)));
    let mut signs = Signs::default();
    signs.add_if(same(one.place_code, other.place_code), Sign::SamePlace);
    signs.add_if(districts.is_some_and(|(a, b)| a == b), Sign::SameDistrict);
    signs.add_if(districts.is_some_and(|(a, b)| a != b && touching(a, b)), Sign::NextDistrict);
    signs.add_if(same(one.housing_type, other.housing_type), Sign::SameHousing);
    signs.add_if(years.is_some_and(|(a, b)| a.abs_diff(b) <= 1), Sign::SameYears);
    signs.add_if(same(one.households_band, other.households_band), Sign::SameSize);
    signs.add_if(days, Sign::SameDays);
    signs
}
