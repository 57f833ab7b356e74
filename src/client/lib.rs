//! Perron.
