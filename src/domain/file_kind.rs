//! The files that a person carries: how they begin, so that one given in the other's place is told apart.

/// What a file says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// [`BundleFile`](crate::bundle_file::BundleFile): for a coordinator.
    Bundles,
    /// [`Backup`](crate::notebook::Backup): for whoever made it.
    Backup,
}

impl FileKind {
    /// What these bytes say they are, and what follows; none for a file of anything else.
    pub fn of(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let kinds = [Self::Bundles, Self::Backup];
        kinds.into_iter().find_map(|kind| Some((kind, bytes.strip_prefix(kind.mark())?)))
    }

    /// The first bytes of such a file.
    pub(crate) fn mark(self) -> &'static [u8] {
        match self {
            Self::Bundles => b"PERRON BUNDLES\n",
            Self::Backup => b"PERRON BACKUP\n",
        }
    }
}
