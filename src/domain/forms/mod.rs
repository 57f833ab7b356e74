//! Forms are data.
