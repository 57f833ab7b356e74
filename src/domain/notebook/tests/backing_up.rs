//! The backup as a file.

use proptest::prelude::*;

use super::*;
use crate::bundle_file::BundleFile;
use crate::file_kind::FileKind;
use crate::ids::CampaignId;
use crate::keys::BackupCode;

fn code(byte: u8) -> BackupCode {
    BackupCode::new([byte; 16])
}

fn sample() -> Backup {
    let row = |table, key: &[u8], value: &[u8]| Row { table, key: key.into(), value: value.into() };
    let rows = vec![row(Table::Identity, b"", b"who"), row(Table::Entries, b"id", b"bytes")];
    Backup { made_at: 1_790_000_000_000, rows }
}

#[test]
fn a_backup_is_pinned() {
    let file = sample().seal(&code(1), [2; 16]).unwrap();
    let hex: String = file.iter().map(|byte| format!("{byte:02x}")).collect();
    insta::assert_snapshot!("backup_v1", format!("{}\n{hex}", code(1)));
}

#[test]
fn only_its_code_opens_it() {
    let file = sample().seal(&code(1), [2; 16]).unwrap();
    assert_eq!(Backup::open(&file, &code(1)), Ok(sample()));
    assert_eq!(Backup::open(&file, &code(3)), Err(BadBackup::Code));
    // The recovery code of the same bytes is another secret.
    let written: BackupCode = RecoveryCode::new([1; 16]).to_string().parse().unwrap();
    assert_eq!(written, code(1));
    assert_ne!(code(1).key(&[2; 16]), crate::digest::labelled("recovery kex", &[&[1; 16]]));
}

#[test]
fn what_is_no_backup_is_told_apart() {
    let file = sample().seal(&code(1), [2; 16]).unwrap();
    let open = |bytes: &[u8]| Backup::open(bytes, &code(1)).unwrap_err();
    assert_eq!(open(b""), BadBackup::Foreign);
    assert_eq!(open(b"PK\x03\x04"), BadBackup::Foreign);
    let keys = DeviceKeys::from_seeds([1; 32], [2; 32]);
    let bundles =
        BundleFile { campaign: CampaignId([1; 32]), device: keys.id(), items: Vec::new() };
    assert_eq!(open(&bundles.to_bytes(&keys)), BadBackup::Bundles);
    let mut newer = file.clone();
    newer[FileKind::Backup.mark().len()] = 2;
    assert_eq!(open(&newer), BadBackup::Newer);
    let mut altered = file.clone();
    *altered.last_mut().unwrap() ^= 1;
    assert_eq!(open(&altered), BadBackup::Damaged);
    assert_eq!(open(&file[..file.len() - 1]), BadBackup::Damaged);
}

#[test]
fn its_length_tells_a_class_only() {
    let length = |text: usize| {
        let mut backup = sample();
        backup.rows[0].value = vec![b'x'; text];
        backup.seal(&code(1), [2; 16]).unwrap().len()
    };
    assert_eq!(length(20_000), length(20_100));
    assert!(length(40_000) > length(20_000));
}

#[test]
fn what_nobody_could_restore_is_not_sealed() {
    let file = sample().seal(&code(1), [2; 16]).unwrap();
    let within = |most| sample().seal_within(most, &code(1), [2; 16]);
    assert_eq!(within(file.len()), Ok(file.clone()));
    assert_eq!(within(file.len() - 1), Err(BackupTooLarge));
    let mut large = sample();
    large.rows[1].value = vec![0; MAX_BACKUP + 1];
    assert_eq!(large.seal(&code(1), [2; 16]), Err(BackupTooLarge));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn one_altered_byte_anywhere_is_refused(at in any::<prop::sample::Index>(), flip in 1_u8..) {
        let mut file = sample().seal(&code(1), [2; 16]).unwrap();
        let at = at.index(file.len());
        file[at] ^= flip;
        prop_assert!(Backup::open(&file, &code(1)).is_err());
        prop_assert!(Backup::open(&file[..at], &code(1)).is_err());
    }

    #[test]
    fn rows_come_back_as_they_were(
        rows in prop::collection::vec(
            (0..Table::ALL.len(), prop::collection::vec(any::<u8>(), 0..40), prop::collection::vec(any::<u8>(), 0..600)),
            0..12,
        ),
        made_at in any::<u64>(),
        salt in any::<[u8; 16]>(),
    ) {
        let row = |(table, key, value)| Row { table: Table::ALL[table], key, value };
        let backup = Backup { made_at, rows: rows.into_iter().map(row).collect() };
        let file = backup.clone().seal(&code(9), salt).unwrap();
        prop_assert_eq!(Backup::open(&file, &code(9)), Ok(backup));
    }

    #[test]
    fn garbage_is_refused(tail in prop::collection::vec(any::<u8>(), 0..300), marked in any::<bool>()) {
        let mark: &[u8] = if marked { FileKind::Backup.mark() } else { b"" };
        prop_assert!(Backup::open(&[mark, &[1], &tail].concat(), &code(1)).is_err());
    }

    #[test]
    fn garbage_rows_restore_nothing(value in prop::collection::vec(any::<u8>(), 0..200)) {
        let rows = vec![Row { table: Table::Identity, key: Vec::new(), value }];
        prop_assert!(Notebook::restored(rows).is_err());
    }
}
