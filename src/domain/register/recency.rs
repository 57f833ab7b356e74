//! "Somebody was here lately": what may honestly be said before a collective is asked again.
//!
//! Of others' visits a volunteer's phone knows one thing: the month of the last one, from the register. So
//! of them a month is claimed, and never a number of days.

use crate::forms::CivilDate;

/// The last thirty civil days, this one among them.
const DAYS: i64 = 30;

/// A visit known here with its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownVisit {
    /// The day.
    pub on: CivilDate,
    /// Whether this member made it.
    pub own: bool,
}

/// One thing to say. Each is true by what is known here, whatever is not known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// This member was there so many days ago, 0 to 29.
    OwnVisit(u8),
    /// Another member was there so many days ago, 0 to 29. Coordinators know it.
    OtherVisit(u8),
    /// Somebody else was there in this calendar month.
    ThisMonth,
    /// Somebody else was there in the register's month, which is over and of which a part is within the last
    /// thirty days: between 1 and 59 days ago. It is the month before; on 1 March it may be January.
    EarlierMonth,
    /// The register names a month that this phone's date has not reached: the date of this phone, or of
    /// another, is wrong.
    ComingMonth,
}

impl Claim {
    /// The stable word: sentences are in the locale files. Days and month stand beside it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OwnVisit(_) => "own_visit",
            Self::OtherVisit(_) => "other_visit",
            Self::ThisMonth => "this_month",
            Self::EarlierMonth => "earlier_month",
            Self::ComingMonth => "coming_month",
        }
    }

    /// How many days ago, where that is known.
    pub fn days(self) -> Option<u8> {
        match self {
            Self::OwnVisit(days) | Self::OtherVisit(days) => Some(days),
            Self::ThisMonth | Self::EarlierMonth | Self::ComingMonth => None,
        }
    }
}

/// What is to be said of visits in the last thirty days, today among them; at most one thing of each kind.
///
/// `listed` is the register's `last_visit_month`, `YYYY-MM`; what is no month says nothing. A month in which
/// a visit is known with its day says nothing either: it may be that very visit. So silence does not mean
/// that nobody was there.
pub fn recent_claims(today: CivilDate, listed: Option<&str>, known: &[KnownVisit]) -> Vec<Claim> {
    let days_ago = |own: bool| {
        let days = known.iter().filter(|visit| visit.own == own);
        let days =
            days.map(|visit| today.days_after(visit.on)).filter(|days| (0..DAYS).contains(days));
        days.min().and_then(|days| u8::try_from(days).ok())
    };
    let month = listed
        .and_then(first_of_month)
        .filter(|first| !known.iter().any(|visit| month_index(visit.on) >= month_index(*first)));
    let claims = [
        days_ago(true).map(Claim::OwnVisit),
        days_ago(false).map(Claim::OtherVisit),
        month.and_then(|first| month_claim(today, first)),
    ];
    claims.into_iter().flatten().collect()
}

fn month_claim(today: CivilDate, first: CivilDate) -> Option<Claim> {
    let earliest = today.plus_days(1 - DAYS);
    match month_index(first) - month_index(today) {
        0 => Some(Claim::ThisMonth),
        1.. => Some(Claim::ComingMonth),
        // On the last days of a long month nothing of the one before is within thirty days.
        _ if month_index(earliest) <= month_index(first) => Some(Claim::EarlierMonth),
        _ => None,
    }
}

fn first_of_month(month: &str) -> Option<CivilDate> {
    format!("{month}-01").parse().ok()
}

fn month_index(date: CivilDate) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month_of_year())
}
