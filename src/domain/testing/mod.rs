//! What tests and the simulator share: reproducible random bytes, and a campaign in miniature.

mod camp;
mod random;

pub use camp::{Camp, Guest, Person};
pub use random::SeededRandom;
