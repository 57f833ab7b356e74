//! Values as columns hold them.

use domain::codec;
use domain::keys::Wrap;
use domain::ledger::Kind;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::ledger::LedgerError;

/// A number as a column holds it.
pub(super) fn integer(number: u64) -> Result<i64, LedgerError> {
    i64::try_from(number).map_err(|_| LedgerError::Fault("a number is too large".to_owned()))
}

/// A number that is never negative.
pub(super) fn number(row: &SqliteRow, column: &'static str) -> Result<u64, LedgerError> {
    u64::try_from(row.try_get::<i64, _>(column)?).map_err(|_| damaged())
}

/// Bytes of a fixed length.
pub(super) fn array<const N: usize>(
    row: &SqliteRow,
    column: &'static str,
) -> Result<[u8; N], LedgerError> {
    row.try_get::<&[u8], _>(column)?.try_into().map_err(|_| damaged())
}

pub(super) fn kind(row: &SqliteRow) -> Result<Kind, LedgerError> {
    let code = u8::try_from(row.try_get::<i64, _>("kind")?).map_err(|_| damaged())?;
    Kind::of(&[code]).map_err(|_| damaged())
}

pub(super) fn wrap(row: &SqliteRow) -> Result<Wrap, LedgerError> {
    let reader = codec::decode(1, row.try_get("reader")?).map_err(|_| damaged())?;
    Ok(Wrap { reader, sealed: row.try_get("sealed")? })
}

pub(super) fn damaged() -> LedgerError {
    LedgerError::Fault("a stored value is damaged".to_owned())
}
