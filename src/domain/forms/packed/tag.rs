//! Kinds of nodes in a packed tree: the low bits of a node's first number.

pub(crate) const BITS: u32 = 3;
pub(crate) const FLAG: u8 = 0;
pub(crate) const NUMBER: u8 = 1;
pub(crate) const TEXT: u8 = 2;
pub(crate) const LABEL: u8 = 3;
pub(crate) const LIST: u8 = 4;
pub(crate) const ENTRIES: u8 = 5;
