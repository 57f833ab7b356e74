//! What a finished draft becomes: changes, and no draft any more.

use domain::forms::{
    Answer, Answers, Form, Registers, collective_code, initiative_form, register_edits,
    to_registers,
};
use domain::keys::random;
use domain::notebook::{Notebook, Writes};

use super::Trouble;
use super::drafts::{Draft, NewInitiative, initiative_key};
use super::records::{correct, desired, trouble};
use crate::browser::clock;
use crate::browser::random::BrowserRandom;

pub(super) fn finish(notebook: &mut Notebook, draft: &Draft) -> Result<Writes, Trouble> {
    let (form, key) = (draft.form(), draft.key());
    let (now, rng) = (clock::now(), &mut BrowserRandom);
    let mut writes = Writes::default();
    let Some(created) = &draft.created else {
        let seen = draft.seen.clone().unwrap_or_else(|| notebook.seen(&key));
        match correct(notebook, &key, &seen, &draft.answers) {
            Ok(saved) => writes.append(saved),
            // A correction that corrects nothing is no change.
            Err(Trouble::Rule("nothing")) => {}
            Err(trouble) => return Err(trouble),
        }
        writes.append(notebook.drop_draft(draft.id));
        return Ok(writes);
    };
    if !draft.is_nothing() {
        let refused = form.is_refused(&draft.answers);
        if let Some(new) = draft.newcomer().filter(|_| !refused) {
            writes.append(create_initiative(notebook, new)?);
        }
        let mut answers = draft.answers.clone();
        if !refused {
            fill_automatic(form, draft, &mut answers);
        }
        let edits = register_edits(&Registers::new(), &to_registers(form, &answers));
        let saved = notebook.save(&key, Some(created), desired(edits), now, rng);
        writes.append(saved.map_err(trouble)?);
    }
    writes.append(notebook.drop_draft(draft.id));
    Ok(writes)
}

/// What the program fills in a new record, where its form has it.
fn fill_automatic(form: &Form, draft: &Draft, answers: &mut Answers) {
    let seconds = clock::now().saturating_sub(draft.begun_at) / 1000;
    let filled = [
        ("form_seconds", Answer::Int(seconds.min(7200) as i64)),
        ("schema_version", Answer::Int(i64::from(form.version))),
    ];
    for (key, answer) in filled {
        if form.field(key).is_some_and(|field| field.automatic) {
            answers.insert(key.to_owned(), answer);
        }
    }
}

fn create_initiative(notebook: &mut Notebook, new: &NewInitiative) -> Result<Writes, Trouble> {
    let rng = &mut BrowserRandom;
    let mut answers = new.answers.clone();
    answers.insert("code".into(), Answer::Text(collective_code(random(rng))));
    answers.entry("state".into()).or_insert_with(|| Answer::Code("active".into()));
    let edits = register_edits(&Registers::new(), &to_registers(initiative_form(), &answers));
    let key = initiative_key(new.created.id);
    notebook
        .save(&key, Some(&new.created), desired(edits), clock::now(), rng)
        .map_err(|_| Trouble::Rule("internal"))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use domain::forms::form_for;
    use domain::ids::RecordId;

    use super::*;

    #[wasm_bindgen_test]
    fn a_visit_says_how_long_its_form_was_open_and_for_which_form_it_was_filled_in() {
        let form = form_for("visit").unwrap();
        let seconds = |of: u64| {
            let draft = Draft {
                id: RecordId([7; 16]),
                kind: "visit".to_owned(),
                created: None,
                seen: None,
                answers: Answers::new(),
                initiative: None,
                begun_at: clock::now() - of * 1000,
                written_at: 2,
            };
            let mut answers = Answers::new();
            fill_automatic(form, &draft, &mut answers);
            assert_eq!(answers["schema_version"], Answer::Int(i64::from(form.version)));
            match answers["form_seconds"] {
                Answer::Int(seconds) => seconds,
                _ => -1,
            }
        };
        // The clock goes on between two lines.
        assert!((65..=66).contains(&seconds(65)));
        assert_eq!(seconds(100_000), 7200);
    }
}
