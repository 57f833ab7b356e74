//! Code that calls functions by other numbers than before.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Result, anyhow};
use wasm_encoder::CodeSection;
use wasm_encoder::reencode::{Error, Reencode};
use wasmparser::FunctionBody;

/// New numbers for the functions and the globals of one file.
#[derive(Default)]
pub(super) struct Renumber {
    /// Functions: before and after.
    pub(super) functions: BTreeMap<u32, u32>,
    /// Globals that changed their number.
    pub(super) globals: BTreeMap<u32, u32>,
}

/// A function that is in the other file.
#[derive(Debug)]
pub(super) struct Unknown(u32);

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "function {} is in the other file", self.0)
    }
}

impl Renumber {
    /// Appends a function's code.
    ///
    /// # Errors
    /// When it calls a function that has no number here.
    pub(super) fn append(&mut self, code: &mut CodeSection, body: &FunctionBody<'_>) -> Result<()> {
        self.parse_function_body(code, body.clone()).map_err(said)
    }
}

/// The error in words.
pub(super) fn said(error: Error<Unknown>) -> anyhow::Error {
    anyhow!("{error}")
}

impl Reencode for Renumber {
    type Error = Unknown;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Unknown>> {
        self.functions.get(&function).copied().ok_or(Error::UserError(Unknown(function)))
    }

    fn global_index(&mut self, global: u32) -> Result<u32, Error<Unknown>> {
        Ok(self.globals.get(&global).copied().unwrap_or(global))
    }
}
