//! The binary `perron`.
fn main() {}
