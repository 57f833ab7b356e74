//! What travels between a device and a server.
//!
//! Every call is a `POST` under `/api/v1/` whose body, of [`CONTENT_TYPE`], is the request behind the version byte 1
//! ([`codec::encode`](crate::codec::encode)). A reply is [`Reply`]: a marker,
//! the server's history id, the answer. Whatever lacks marker, epoch or content type (a captive portal's
//! page) is no reply. A refusal is an HTTP status of 4xx or 5xx with JSON `{"code", "message"}` whose code
//! is one of [`Code`]. Calls under `/api/v<another number>/` are refused with [`Code::Version`] when it is higher than the
//! server's, and with [`Code::AppTooOld`] when it is one that the server speaks no more.
//!
//! | call | who | request → answer |
//! |---|---|---|
//! | `found` | holder of the set-up link | [`Found`] → `()` |
//! | `session/challenge` | anyone | [`Challenge`] → [`Nonce`] |
//! | `session` | a device with its key | [`SignIn`] → [`SignedIn`], sets the cookie |
//! | `enrol` | holder of an invitation | [`Enrol`] → [`Enrolled`] |
//! | `enrol/again` | a device that a restore forgot | [`EnrolAgain`] → `()` |
//! | `invites` | coordinators | [`OpenInvite`] → `()` |
//! | `enrolments` | coordinators | `()` → `Vec<`[`Enrolment`](crate::campaign::Enrolment)`>` |
//! | `pull` | devices | [`Pull`] → [`Pulled`] |
//! | `push` | devices | [`Push`] → `Vec<`[`Receipt`]`>` |
//! | `have` | devices | `Vec<EntryId>` → `Vec<EntryId>`, those the server does not hold |
//! | `reached` | devices | `Vec<EntryId>` → `Vec<EntryId>`, those that a coordinator's device has |
//! | `fetch` | devices | `Vec<EntryId>` → `Vec<`[`Delivered`]`>`, those of them that this device may have |
//!
//! `reached` names an entry once a coordinator's device, another one than the caller's, asked for what comes
//! after it in the present history: it stored the entry before it asked. A restore forgets that.

mod code;
mod enrolment;
mod pull;
mod push;
mod reply;
mod session;

pub use code::Code;
pub use enrolment::{Enrol, EnrolAgain, Enrolled, Found, INVITE_DAYS, OpenInvite};
pub use pull::{Delivered, Page, Pull, Pulled, ResetReason, Scope};
pub use push::{Outcome, Push, PushItem, Receipt};
pub use reply::{CONTENT_TYPE, NotAReply, Reply};
pub use session::{Challenge, Nonce, SIGN_IN, SignIn, SignedIn};

/// The version of the calls, as their addresses name it.
pub const VERSION: u32 = 1;
/// The largest request body, in bytes.
pub const MAX_REQUEST: usize = 1024 * 1024;
/// The most entries of one push.
pub const MAX_PUSH: usize = 200;
/// The most ids of one `have` or `reached`.
pub const MAX_HAVE: usize = 5000;
/// The most ids of one `fetch`: so many of the largest bundles are one reply.
pub const MAX_FETCH: usize = 4;
/// The longest page of a pull, in bytes of entries; a single larger entry still travels alone.
pub const MAX_PAGE: usize = 1024 * 1024;

#[cfg(test)]
mod tests;
