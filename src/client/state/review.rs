//! The review of a record: what stands in its way, decisions, questions and answers.

use std::slice;

use domain::change::RecordKey;
use domain::fold::{Deletion, Proposal};
use domain::forms::{form_for, initiative_form};
use domain::guard::{holds_stop, spots};
use domain::ids::RecordId;
use domain::keys::random;
use domain::review::{
    Decision, Flag, Obstacle, Pen, Refused, Review, ReviewState, flags, obstacles,
};

use super::delivery::is_own;
use super::drafts::initiative_key;
use super::lists::shown;
use super::{App, Trouble};
use crate::browser::clock;
use crate::browser::random::BrowserRandom;
use crate::browser::regexp;

impl App {
    /// Where a record is in its review, and the questions to its author.
    pub fn review(&self, key: &RecordKey) -> Option<Review> {
        self.read(|notebook| Review::of(&notebook.view(key)))
    }

    /// What becomes of a correction that is made here now.
    pub fn pen(&self, key: &RecordKey) -> Option<Pen> {
        self.read(|notebook| notebook.pen(&notebook.view(key)))
    }

    /// What stands in the way of validating a record, in itself and in the collective that it is about: an alias is
    /// what the whole network reads.
    pub fn obstacles(&self, key: &RecordKey) -> Vec<Obstacle> {
        let found = self.read(|notebook| {
            let view = notebook.view(key);
            let collective = view.text("initiative_id").and_then(|id| RecordId::parse(id).ok());
            let collective = collective.map(|id| notebook.view(&initiative_key(id)));
            let is_known = collective.as_ref().is_none_or(|record| {
                !record.registers.is_empty() && record.deletion != Deletion::Deleted
            });
            let form = form_for(&key.kind)?;
            let mut found = obstacles(&view, form, clock::today(), is_known, &regexp::matches);
            let spots = collective.iter().flat_map(|record| {
                spots(initiative_form(), &record.answers(initiative_form()), &regexp::matches)
            });
            let stops = spots.filter(|spot| holds_stop(slice::from_ref(spot)));
            found.extend(stops.map(|spot| Obstacle::Stop { field: spot.field }));
            Some(found)
        });
        found.flatten().unwrap_or_default()
    }

    /// What a reviewer is told of a record beside what stands in its way.
    pub fn flags(&self, key: &RecordKey) -> Vec<Flag> {
        let told = self.read(|notebook| {
            let form = form_for(&key.kind)?;
            Some(flags(&notebook.view(key), form, notebook.ahead_of_receipt(key)))
        });
        told.flatten().unwrap_or_default()
    }

    /// Takes a coordinator's decision.
    ///
    /// # Errors
    /// `obstacles`, `bad_question` or `not_from_here` when the decision cannot be taken; [`Trouble`].
    pub async fn decide(&self, key: RecordKey, decision: Decision) -> Result<(), Trouble> {
        let review = self.peek(|notebook| Review::of(&notebook.view(&key)));
        let review = review.ok_or(Trouble::Rule("no_notebook"))?;
        let obstacles = leptos::prelude::untrack(|| self.obstacles(&key));
        let desired = decision.desired(&review, obstacles).map_err(|refused| {
            Trouble::Rule(match refused {
                Refused::NotFrom(_) => "not_from_here",
                Refused::Question => "bad_question",
                Refused::Obstacles(_) => "obstacles",
            })
        })?;
        self.save_fields(key, desired).await
    }

    /// Asks a record's author.
    ///
    /// # Errors
    /// As [`decide`](Self::decide).
    pub async fn ask_author(&self, record: RecordKey, text: String) -> Result<(), Trouble> {
        let drawn: [u8; 8] = random(&mut BrowserRandom);
        let key = drawn.iter().map(|byte| format!("{byte:02x}")).collect();
        self.decide(record, Decision::Ask { key, text }).await
    }

    /// Settles a proposal: accepted, the field holds it.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn settle(
        &self,
        key: RecordKey,
        proposal: Proposal,
        accept: bool,
    ) -> Result<(), Trouble> {
        self.act(|notebook| {
            let (now, rng) = (clock::now(), &mut BrowserRandom);
            notebook.settle(&key, &proposal, accept, now, rng).map_err(super::records::trouble)
        })
        .await?;
        self.try_sync();
        Ok(())
    }

    /// This member's visits about which the coordination asks something.
    pub fn asked(&self) -> Vec<RecordId> {
        let asked = self.read(|notebook| {
            let own = notebook.views("visit").filter(|view| is_own(notebook, view));
            let asked = own.filter(|view| Review::of(view).open_questions().next().is_some());
            asked.map(|view| view.key.id).collect()
        });
        asked.unwrap_or_default()
    }

    /// The visits that wait for a decision of the coordination.
    pub fn to_review(&self) -> Vec<RecordId> {
        let waiting = self.read(|notebook| {
            let waiting = shown(notebook, "visit").filter(|view| {
                let state = Review::of(view).state;
                let waits = matches!(state, ReviewState::Submitted | ReviewState::InReview);
                waits && view.text("consent_record") != Some("no")
            });
            waiting.map(|view| view.key.id).collect()
        });
        waiting.unwrap_or_default()
    }
}
