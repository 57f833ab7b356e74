//! The examples of the training mode: the demo's invented records, in a file beside the app, so that they cost
//! the program nothing.

use std::path::Path;

use anyhow::{Context, Result};
use domain::examples::Examples;
use domain::fold::decided_by_coordinators;

use crate::observations::{self, Made};

/// The file's name; the client asks for it by this.
pub(super) const NAME: &str = "examples.bin";

/// When they say they were written: on 1 September 2026, in milliseconds since 1970.
const WRITTEN_AT: u64 = 1_788_220_800_000;

/// Writes the file into the folder.
///
/// # Errors
/// When an invented record has no fields, or the file cannot be written.
pub(super) fn write(folder: &Path) -> Result<()> {
    let path = folder.join(NAME);
    std::fs::write(&path, examples()?.to_bytes())
        .with_context(|| format!("{} cannot be written", path.display()))
}

fn examples() -> Result<Examples> {
    let (mut examples, mut made) = (Examples::default(), Made::new());
    for (form, record) in observations::records()? {
        let id = observations::id(&record);
        let kind = &form.record_kind;
        // What only coordinators decide would stand there as a proposal.
        let fields = observations::fields(form, &record, &made);
        let fields = fields.filter(|(field, _)| !decided_by_coordinators(kind, field));
        let key = examples
            .add(kind, &id, fields, WRITTEN_AT)
            .with_context(|| format!("The invented record {id} has no fields"))?;
        made.insert(id, key.id.uuid());
    }
    Ok(examples)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::change::Value;
    use domain::ids::RecordId;

    use super::examples;

    #[test]
    fn ten_collectives_and_ten_visits_to_them() {
        let examples = examples().unwrap();
        let of = |kind: &str| {
            examples.changes().iter().filter(|change| change.record().kind == kind).count()
        };
        assert_eq!((of("initiative"), of("visit"), examples.changes().len()), (10, 10, 20));
        let ids: BTreeSet<RecordId> = examples.changes().iter().map(|it| it.record().id).collect();
        assert_eq!(ids.len(), 20);
        let edits = examples.changes().iter().flat_map(|change| change.edits());
        let visited = edits.filter(|edit| edit.field == "initiative_id");
        let known = visited.filter(|edit| {
            let Some(Value::Text(id)) = &edit.value else { return false };
            RecordId::parse(id).is_ok_and(|id| ids.contains(&id))
        });
        assert_eq!(known.count(), 10);
    }

    #[test]
    fn no_example_says_that_it_was_reviewed() {
        let examples = examples().unwrap();
        let mut edits = examples.changes().iter().flat_map(|change| change.edits());
        assert!(edits.all(|edit| !edit.field.starts_with("review_")));
    }
}
