//! Code lists: the stable codes of a choice with their labels.

use std::collections::BTreeMap;

use super::label::{Label, Language};

/// One option of a code list. The code is stable; its labels may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What records hold.
    pub code: String,
    /// What people read.
    pub label: Label,
}

/// The options of a list in their order on screen: the most expected first.
pub type CodeList = Vec<Choice>;

/// Code lists by their key.
pub type CodeLists = BTreeMap<String, CodeList>;

/// The label of a code, or the code itself when the list does not hold it: a code of a newer
/// version is shown as it is, never hidden.
#[must_use]
pub fn code_label<'a>(list: &'a [Choice], code: &'a str, language: Language) -> &'a str {
    list.iter().find(|choice| choice.code == code).map_or(code, |choice| choice.label.get(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_code_is_its_own_label() {
        let list = [Choice { code: "yes".into(), label: Label::new("Oui", "Ja", "Yes") }];
        assert_eq!(code_label(&list, "yes", Language::Nl), "Ja");
        assert_eq!(code_label(&list, "perhaps", Language::Nl), "perhaps");
    }
}
