//! Perron.
fn main() {}
