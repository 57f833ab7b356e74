//! Random bytes, from the operating system.

use domain::protocol::Code;

/// `N` random bytes.
///
/// # Errors
/// [`Code::Internal`] when the system gives none.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Code> {
    let mut bytes = [0; N];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => {
            tracing::error!(%error, "random bytes");
            Err(Code::Internal)
        }
    }
}
