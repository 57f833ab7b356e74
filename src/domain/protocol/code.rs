//! The catalogue of refusals. Codes are stable; sentences for people are in the client's locale files.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal, $sentence:literal;)*) => {
        /// Why a server refuses a call, or one entry of a push.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The HTTP status of a call refused with it.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// One English sentence for logs and for whoever calls by hand.
            pub fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)* }
            }

            /// The code of a word; none for a word of a newer server.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == word)
            }
        }
    };
}

codes! {
    /// Not the bytes of this call.
    Malformed = "malformed", 400, "The request is not in the form of this call.";
    /// A newer protocol than the server's.
    Version = "version", 400, "The request uses a version that this server does not know.";
    /// An older protocol than the server still speaks.
    AppTooOld = "app_too_old", 426, "This app is older than what this server speaks; update it.";
    /// Another content type.
    ContentType = "content_type", 415, "The content type must be application/vnd.perron.";
    /// An encoded request body.
    ContentEncoding = "content_encoding", 415, "Request bodies are sent without content encoding.";
    /// More bytes or entries than a call may carry.
    TooLarge = "too_large", 413, "The request is larger than this server accepts.";
    /// A call from another site.
    CrossSite = "cross_site", 403, "Calls from other sites are refused.";
    /// No such path.
    NotFound = "not_found", 404, "There is nothing at this address.";
    /// Not this method.
    Method = "method", 405, "This call is made with POST.";
    /// No session, or one that ended.
    SignInNeeded = "sign_in_needed", 401, "Sign in with this device's key first.";
    /// The signature on the challenge is not this device's.
    BadSignIn = "bad_sign_in", 401, "The challenge was not signed by this device.";
    /// No such campaign here.
    UnknownCampaign = "unknown_campaign", 404, "This server does not hold this campaign.";
    /// The device never enrolled here.
    UnknownDevice = "unknown_device", 403, "This device is not enrolled.";
    /// The device was revoked.
    Revoked = "revoked", 403, "This device was revoked by a coordinator.";
    /// Only coordinators may.
    NotAllowed = "not_allowed", 403, "Only a coordinator's device may do this.";
    /// The set-up link is wrong or used.
    BadSetUp = "bad_set_up", 403, "The set-up link is not valid or was used.";
    /// No such invitation.
    UnknownInvite = "unknown_invite", 404, "This invitation does not exist.";
    /// Another device used the invitation.
    InviteUsed = "invite_used", 409, "This invitation was used by another device.";
    /// The invitation is older than seven days, or a rotation voided it.
    InviteExpired = "invite_expired", 410, "This invitation has expired.";
    /// An invitation with this id is open already, with other content.
    InviteExists = "invite_exists", 409, "An invitation with this id exists already.";
    /// An entry of another campaign.
    WrongCampaign = "wrong_campaign", 400, "The entry belongs to another campaign.";
    /// A signature that is not its author's.
    BadSignature = "bad_signature", 400, "The signature is not its author's.";
    /// Wraps that no reader of this bundle can have.
    BadWrap = "bad_wrap", 400, "The key wraps do not fit the bundle.";
    /// A grant for a bundle that is not here.
    UnknownBundle = "unknown_bundle", 404, "The bundle of this grant is not here.";
    /// Another roster entry came first.
    RosterMoved = "roster_moved", 409, "The roster has moved on; read it and decide again.";
    /// The roster's own rules refuse the entry.
    RosterRefused = "roster_refused", 409, "The roster's rules do not allow this entry.";
    /// Too many calls.
    TooMany = "too_many", 429, "Too many calls; wait a moment.";
    /// The call took too long.
    Timeout = "timeout", 408, "The call took too long.";
    /// The disk is full: nothing of the call was stored, and what is stored is served.
    StorageFull = "storage_full", 507, "The server's disk is full; nothing was stored.";
    /// The database does not answer.
    Unavailable = "unavailable", 503, "The server cannot store anything at the moment.";
    /// A fault of the server.
    Internal = "internal", 500, "The server failed; nothing was stored.";
}

impl From<&crate::roster::RosterRefusal> for Code {
    fn from(refusal: &crate::roster::RosterRefusal) -> Self {
        use crate::roster::RosterRefusal as R;
        match refusal {
            R::Malformed(_) => Self::Malformed,
            R::Moved => Self::RosterMoved,
            R::Campaign => Self::WrongCampaign,
            R::Signature => Self::BadSignature,
            R::NotAllowed => Self::NotAllowed,
            R::Device | R::LastCoordinator | R::Generation | R::Reunion => Self::RosterRefused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_code_is_one_word_of_its_own_and_is_read_back() {
        for code in Code::ALL {
            assert_eq!(Code::parse(code.as_str()), Some(*code));
            assert!(code.as_str().chars().all(|c| c.is_ascii_lowercase() || c == '_'));
            assert!((400..600).contains(&code.status()) && code.sentence().ends_with('.'));
        }
        assert_eq!(Code::parse("from_the_future"), None);
    }
}
