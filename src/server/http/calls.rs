//! The calls of the protocol, each a translation.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::ids::EntryId;
use domain::protocol::{Challenge, Enrol, EnrolAgain, Found, OpenInvite, Pull, Push, SignIn};

use super::App;
use super::answer::Answer;
use super::call::{By, Call};
use super::cookie;
use super::refusal::Refusal;
use crate::ledger::Ledger;
use crate::random::random;

type Shared<L> = State<Arc<App<L>>>;

pub(super) async fn health<L: Ledger>(State(app): Shared<L>) -> Result<Response, Refusal> {
    app.service.epoch().await?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, "{\"status\":\"ok\"}").into_response())
}

pub(super) async fn found<L: Ledger>(State(app): Shared<L>, Call(found): Call<Found>) -> Answer {
    app.service.found(&found, app.clock.now()).await?;
    app.answer(()).await
}

pub(super) async fn challenge<L: Ledger>(
    State(app): Shared<L>,
    Call(challenge): Call<Challenge>,
) -> Answer {
    let now = app.clock.now();
    app.meters.device(&app.settings.rates, &challenge.device, now)?;
    let nonce = app.service.challenge(&challenge, random()?, now).await?;
    app.answer(nonce).await
}

pub(super) async fn sign_in<L: Ledger>(
    State(app): Shared<L>,
    Call(sign_in): Call<SignIn>,
) -> Answer {
    let now = app.clock.now();
    app.meters.device(&app.settings.rates, &sign_in.device, now)?;
    let token = random()?;
    let signed_in = app.service.sign_in(&sign_in, &token, now).await?;
    let mut response = app.answer(signed_in).await?;
    response.headers_mut().insert(header::SET_COOKIE, cookie::hand_out(&token)?);
    Ok(response)
}

pub(super) async fn enrol<L: Ledger>(State(app): Shared<L>, Call(enrol): Call<Enrol>) -> Answer {
    let enrolled = app.service.enrol(&enrol, app.clock.now()).await?;
    app.answer(enrolled).await
}

pub(super) async fn enrol_again<L: Ledger>(
    State(app): Shared<L>,
    Call(again): Call<EnrolAgain>,
) -> Answer {
    app.service.enrol_again(&again).await?;
    app.answer(()).await
}

pub(super) async fn open_invite<L: Ledger>(
    State(app): Shared<L>,
    By(caller): By,
    Call(invite): Call<OpenInvite>,
) -> Answer {
    app.service.open_invite(&caller, &invite, app.clock.now()).await?;
    app.answer(()).await
}

pub(super) async fn enrolments<L: Ledger>(
    State(app): Shared<L>,
    By(caller): By,
    Call(()): Call<()>,
) -> Answer {
    let enrolments = app.service.enrolments(&caller).await?;
    app.answer(enrolments).await
}

pub(super) async fn pull<L: Ledger>(
    State(app): Shared<L>,
    By(caller): By,
    Call(pull): Call<Pull>,
) -> Answer {
    let pulled = app.service.pull(&caller, &pull).await?;
    app.answer(pulled).await
}

pub(super) async fn push<L: Ledger>(
    State(app): Shared<L>,
    By(caller): By,
    Call(push): Call<Push>,
) -> Answer {
    let receipts = app.service.push(&caller, &push, app.clock.now()).await?;
    app.answer(receipts).await
}

pub(super) async fn have<L: Ledger>(
    State(app): Shared<L>,
    By(caller): By,
    Call(ids): Call<Vec<EntryId>>,
) -> Answer {
    let lacks = app.service.have(&caller, &ids).await?;
    app.answer(lacks).await
}

pub(super) async fn reached<L: Ledger>(
    State(app): Shared<L>,
    By(caller): By,
    Call(ids): Call<Vec<EntryId>>,
) -> Answer {
    let reached = app.service.reached(&caller, &ids).await?;
    app.answer(reached).await
}

pub(super) async fn fetch<L: Ledger>(
    State(app): Shared<L>,
    By(caller): By,
    Call(ids): Call<Vec<EntryId>>,
) -> Answer {
    let entries = app.service.fetch(&caller, &ids).await?;
    app.answer(entries).await
}
