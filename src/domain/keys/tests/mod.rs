//! Tests of the keys: what opens, what does not, and the forms that are stored.

mod formats;
mod invite;
mod keyring;
mod recovery;
mod slot;
mod vectors;
mod wrap;

use super::*;
use crate::ids::CampaignId;
use crate::testing::SeededRandom;

const CAMPAIGN: CampaignId = CampaignId([7; 32]);

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

fn unhex32(text: &str) -> [u8; 32] {
    unhex(text).try_into().unwrap()
}
