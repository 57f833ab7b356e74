//! One option of a choice, as a control shows it.

/// A code and what it reads as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opt {
    /// What is told when it is tapped.
    pub code: String,
    /// What a person reads.
    pub label: String,
}
