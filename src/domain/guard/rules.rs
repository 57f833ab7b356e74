//! The rules, as data.

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a second look: can somebody be recognised?
    Warn,
    /// Names a person or a place. It can be saved and sent, and not validated.
    Stop,
}

/// One rule of the guard.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable name.
    pub id: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Key of the sentence that is told. Rules that ask for the same share one: `contact`, `number`,
    /// `address`, `person`, `status`, `origin`, `health`, `link`.
    pub message: &'static str,
    /// What it looks for, as the crate `regex` reads it; for browsers see [`Rule::javascript`].
    pub pattern: &'static str,
}

/// Every rule.
///
/// Law: each `\b` stands where an alternative begins, or behind a letter or a digit; both dialects rest on
/// it.
#[rustfmt::skip]
pub static RULES: [Rule; 14] = [
    rule("email", Severity::Stop, "contact", r"[\w.+-]+@[\w-]+\.[A-Za-z]{2,}"),
    rule("phone", Severity::Stop, "contact", r"(?:^|[^\d])(?:\+|00)?\d(?:[ ./-]?\d){8,12}(?:$|[^\d])"),
    rule("national_register", Severity::Stop, "number", r"\b\d{2}[. ]?\d{2}[. ]?\d{2}[- ]?\d{3}[. ]?\d{2}\b"),
    rule("case_file", Severity::Stop, "number", r"\b(?:SP|S\.P\.|OE|DVZ|OV)\s*[:.nN°º]*\s*\d{6,8}\b"),
    rule("iban", Severity::Stop, "number", r"\b[A-Z]{2}\d{2}(?: ?\d{4}){3,}\b"),
    rule("street_number", Severity::Stop, "address", r"\b(?:rue|avenue|av\.|chaussée|boulevard|bd\.?|place|quai|square|clos|impasse|drève|allée|venelle)\s+[^\d,;.!?]{2,40},?\s*\d{1,4}\b|\b\d{1,4}\s*,?\s*(?:rue|avenue|av\.|chaussée|boulevard|bd\.?|place|quai|square|clos|impasse|drève|allée|venelle)\b|\b[A-Z]\w+(?:straat|laan|steenweg|plein|kaai|dreef|lei)\s*\d{1,4}\b"),
    rule("person_title", Severity::Stop, "person", r"\b(?:M\.|Mr\.?|Mme|Mlle|Monsieur|Madame|Dr\.?|Mevr\.?|Dhr\.?|Mevrouw|Meneer|Mrs\.?|Ms\.?)\s+[A-ZÀ-Ý]"),
    rule("birth", Severity::Stop, "person", r"\b(?:née?|geboren|born)\b[^.]{0,20}\d{4}"),
    rule("street_name", Severity::Warn, "address", r"\b(?:rue|avenue|av\.|chaussée|boulevard|bd\.?|place|quai|square|clos|impasse|drève|allée|venelle)\s+(?:de la |de l[’']|du |des |de |d[’']|l[’'])?[A-ZÀ-Ý]"),
    rule("legal_status", Severity::Warn, "status", r"(?i)\b(?:sans[- ]papiers?|débouté\w*|dublin\w*|OQT|ordre de quitter|demandeu(?:r|se)s? d[’']asile|régularis\w+|9 ?bis|9 ?ter|annexe 26|carte orange|illéga\w+|uitgeprocedeerd\w*|zonder papieren|asielzoek\w+|undocumented|asylum seekers?)\b"),
    rule("nationality", Severity::Warn, "origin", r"(?i)\b(?:érythréen\w*|eritre\w+|soudanais\w*|sudanese|afghan\w*|syri\w+|irak\w+|somal\w+|guinéen\w*|burund\w+|congol\w+|palestin\w+|ukrain\w+|oekraïn\w+|maroc\w+|marokk\w+|éthiopien\w*|ethiop\w+|cameroun\w+|kameroen\w+|turc|turque\w*|kurd\w+|iran\w+|malien\w*|sénégal\w+|rwand\w+|albanais\w*|rom(?:s|ni)?)\b"),
    rule("health", Severity::Warn, "health", r"(?i)\b(?:VIH|HIV|sida|aids|enceinte|zwanger|cancer|kanker|tubercul\w+|psychiatr\w+|hépatite|hepatitis|viol(?:ée?s?)?|excis\w+)\b"),
    rule("age", Severity::Warn, "person", r"(?i)\b\d{1,2}\s*(?:ans|jaar oud|years? old)\b"),
    rule("link_or_handle", Severity::Warn, "link", r"https?://|www\.|(?:^|[^\w.])@[A-Za-z_][\w.]{2,}"),
];

const fn rule(
    id: &'static str,
    severity: Severity,
    message: &'static str,
    pattern: &'static str,
) -> Rule {
    Rule { id, severity, message, pattern }
}

impl Rule {
    /// The rule with this name; none when there is none.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.id == id)
    }
}
