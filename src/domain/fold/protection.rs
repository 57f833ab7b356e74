//! While people disagree about consent or review, the most protective value holds, everywhere.

use crate::change::Value;

/// For each such field its codes, the most protective first.
///
/// Of several versions of the script the oldest holds: whoever heard it agreed to the least.
const ORDERS: &[(&str, &[&str])] = &[
    ("consent_record", &["no", "yes"]),
    ("consent_share", &["network", "partners", "public_aggregate"]),
    ("consent_listing", &["none", "anonymous", "named"]),
    ("consent_quote", &["no", "yes"]),
    ("consent_alert", &["no", "yes"]),
    ("consent_by", &["one_resident", "several_residents", "assembly"]),
    ("consent_text_version", &[]),
    ("hosted_informed", &["no", "not_present", "not_applicable", "yes"]),
    ("review_reason", &["personal_data", "off_topic", "duplicate", "test"]),
    (
        "review_state",
        &[
            "withdrawn",
            "rejected",
            "merged",
            "needs_info",
            "in_review",
            "submitted",
            "draft",
            "validated",
        ],
    ),
];

/// An alert about which coordinators disagree stays open: the state that asks most of them comes first.
const ALERT_STATUS: &[&str] =
    &["new", "acknowledged", "acting", "executed", "closed_no_info", "rehoused", "avoided"];

/// The most protective of several values of a consent or review field; `None` for other fields.
///
/// An emptied field and a code that this version does not know are more protective than any known code:
/// nothing is released on a misunderstanding. Among those the emptied field comes first, then by order of
/// values, so that every device says the same.
pub fn most_protective<'a>(
    kind: &str,
    field: &str,
    values: &[Option<&'a Value>],
) -> Option<Option<&'a Value>> {
    let order = order(kind, field)?;
    let rank = |value: &Option<&Value>| match value {
        None => 0,
        Some(value) => value
            .as_text()
            .and_then(|code| order.iter().position(|known| *known == code))
            .map_or(1, |position| position + 2),
    };
    values.iter().min_by(|a, b| rank(a).cmp(&rank(b)).then(a.cmp(b))).copied()
}

/// The codes of a consent or review field, the most protective first; none for other fields.
pub(crate) fn order(kind: &str, field: &str) -> Option<&'static [&'static str]> {
    if (kind, field) == ("alert", "status") {
        return Some(ALERT_STATUS);
    }
    ORDERS.iter().find(|(name, _)| *name == field).map(|(_, order)| *order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_wins_over_yes_and_the_unknown_over_both() {
        let (yes, no, newer) = (Value::from("yes"), Value::from("no"), Value::from("newer"));
        let of = |values: &[Option<&Value>]| {
            most_protective("visit", "consent_record", values).unwrap().cloned()
        };
        assert_eq!(of(&[Some(&yes), Some(&no)]), Some(no.clone()));
        assert_eq!(of(&[Some(&no), Some(&newer), Some(&yes)]), Some(newer));
        assert_eq!(of(&[Some(&yes), None]), None);
        assert_eq!(most_protective("visit", "alias", &[Some(&yes)]), None);
        assert_eq!(most_protective("follow_up", "status", &[Some(&yes)]), None);
    }
}
