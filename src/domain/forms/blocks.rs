//! What the visit's screen offers folded below the ten questions, in which order.

/// One folded block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// A section of a form, by the form's kind of record and the section's key. Sections of `initiative` ask
    /// about the collective that is visited, and are saved in its record.
    Section(&'static str, &'static str),
    /// A form of its own, by its kind of record: each time it is filled in, one more record.
    Record(&'static str),
}

/// The blocks of the visit's screen, each one screen long. Alert and testimony need no visit: the first
/// screen offers them too.
pub const VISIT_BLOCKS: [Block; 10] = [
    Block::Section("initiative", "organisation"),
    Block::Section("initiative", "place"),
    Block::Section("visit", "support"),
    Block::Record("finding"),
    Block::Section("visit", "quote"),
    Block::Record("follow_up"),
    Block::Record("testimony"),
    Block::Record("alert"),
    Block::Section("visit", "meeting"),
    Block::Section("visit", "coordination"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{Language, Section, form_for, visit_form};

    fn section(kind: &str, key: &str) -> &'static Section {
        let sections = &form_for(kind).unwrap().sections;
        sections.iter().find(|section| section.key == key).unwrap()
    }

    #[test]
    fn they_are_the_domain_s_in_its_order() {
        let labels: Vec<&str> = VISIT_BLOCKS
            .iter()
            .map(|block| match block {
                Block::Section(kind, key) => section(kind, key).label.get(Language::Fr),
                Block::Record(kind) => form_for(kind).unwrap().label.get(Language::Fr),
            })
            .collect();
        assert_eq!(
            labels,
            [
                "Comment l’accueil s’organise",
                "La vie du lieu",
                "Ce qui freine, ce qui aide",
                "Constat pour les Assises",
                "Une phrase entendue",
                "Suite à donner",
                "Témoignage",
                "Alerte",
                "La rencontre et l’accord",
                "Pour la coordination",
            ]
        );
    }

    #[test]
    fn no_folded_section_of_the_visit_is_left_out() {
        let asked = |section: &&Section| section.fields.iter().any(|field| !field.automatic);
        let folded = visit_form().sections.iter().filter(|section| section.folded).filter(asked);
        for section in folded {
            let block = VISIT_BLOCKS.iter().any(|block| match block {
                Block::Section("visit", key) => *key == section.key,
                _ => false,
            });
            assert!(block, "{}", section.key);
        }
    }
}
