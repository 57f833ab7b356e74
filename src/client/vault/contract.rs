//! What every vault must do: written once, run over memory and over IndexedDB in a browser.

use domain::notebook::Table;

use super::{Index, Query, SealedRows, Vault, VaultError};

/// Runs the whole contract over an empty vault.
///
/// # Panics
/// When the vault breaks it.
pub async fn holds(vault: &impl Vault) {
    what_was_written_is_read_back(vault).await;
    later_writes_win_and_none_removes(vault).await;
    pages_follow_each_other(vault).await;
    tables_are_apart(vault).await;
    large_and_empty_values_survive(vault).await;
    queries_are_answered_in_their_order(vault).await;
}

/// One row.
///
/// # Errors
/// [`VaultError`].
pub async fn row(
    vault: &impl Vault,
    table: Table,
    index: Index,
) -> Result<Option<Vec<u8>>, VaultError> {
    let mut answers = vault.read(&[Query::Row(table, index)]).await?;
    Ok(answers.pop().and_then(|mut rows| rows.pop()).map(|(_, value)| value))
}

async fn page(
    vault: &impl Vault,
    table: Table,
    after: Option<Index>,
    most: u32,
) -> Result<SealedRows, VaultError> {
    let mut answers = vault.read(&[Query::Page { table, after, most }]).await?;
    Ok(answers.pop().unwrap_or_default())
}

async fn what_was_written_is_read_back(vault: &impl Vault) {
    assert_eq!(row(vault, Table::Drafts, [1; 32]).await, Ok(None));
    let rows = vec![
        (Table::Drafts, [1; 32], Some(b"one".to_vec())),
        (Table::Drafts, [2; 32], Some(b"two".to_vec())),
    ];
    assert_eq!(vault.write(rows).await, Ok(()));
    assert_eq!(row(vault, Table::Drafts, [1; 32]).await, Ok(Some(b"one".to_vec())));
    let all = page(vault, Table::Drafts, None, 9).await;
    assert_eq!(all, Ok(vec![([1; 32], b"one".to_vec()), ([2; 32], b"two".to_vec())]));
}

async fn later_writes_win_and_none_removes(vault: &impl Vault) {
    let rows = vec![
        (Table::Drafts, [1; 32], Some(b"first".to_vec())),
        (Table::Drafts, [1; 32], Some(b"second".to_vec())),
        (Table::Drafts, [2; 32], None),
        (Table::Drafts, [9; 32], None),
    ];
    assert_eq!(vault.write(rows).await, Ok(()));
    assert_eq!(row(vault, Table::Drafts, [1; 32]).await, Ok(Some(b"second".to_vec())));
    assert_eq!(row(vault, Table::Drafts, [2; 32]).await, Ok(None));
    assert_eq!(vault.write(Vec::new()).await, Ok(()));
}

async fn pages_follow_each_other(vault: &impl Vault) {
    let indexes = [[0; 32], [9; 32], [10; 32], [0xa0; 32], [255; 32]];
    let rows = indexes.map(|index| (Table::Dispatches, index, Some(index[..1].to_vec())));
    assert_eq!(vault.write(rows.into()).await, Ok(()));
    let (mut after, mut found) = (None, Vec::new());
    for expected in [2, 2, 1, 0] {
        let page = page(vault, Table::Dispatches, after, 2).await.unwrap_or_default();
        assert_eq!(page.len(), expected);
        after = page.last().map(|(index, _)| *index).or(after);
        found.extend(page);
    }
    assert_eq!(found, indexes.map(|index| (index, index[..1].to_vec())));
}

async fn tables_are_apart(vault: &impl Vault) {
    for table in Table::ALL {
        let value = Some(vec![table.code()]);
        assert_eq!(vault.write(vec![(*table, [7; 32], value)]).await, Ok(()));
    }
    for table in Table::ALL {
        assert_eq!(row(vault, *table, [7; 32]).await, Ok(Some(vec![table.code()])));
    }
}

async fn large_and_empty_values_survive(vault: &impl Vault) {
    let large: Vec<u8> = (0..600_000_u32).map(|number| number as u8).collect();
    let rows = vec![
        (Table::Entries, [3; 32], Some(large.clone())),
        (Table::Entries, [4; 32], Some(Vec::new())),
    ];
    assert_eq!(vault.write(rows).await, Ok(()));
    assert_eq!(row(vault, Table::Entries, [3; 32]).await, Ok(Some(large)));
    assert_eq!(row(vault, Table::Entries, [4; 32]).await, Ok(Some(Vec::new())));
}

/// Answers stand where the queries stood: of several tables, of one table twice, of rows that are not there.
async fn queries_are_answered_in_their_order(vault: &impl Vault) {
    let row = |table, number: u8| (table, [number; 32], Some(vec![number]));
    let rows = vec![
        row(Table::Strays, 3),
        row(Table::Strays, 1),
        row(Table::Strays, 2),
        row(Table::Carried, 8),
    ];
    assert_eq!(vault.write(rows).await, Ok(()));
    let page = |table, after, most| Query::Page { table, after, most };
    let queries = [
        page(Table::Carried, Some([7; 32]), 9),
        Query::Row(Table::Strays, [2; 32]),
        Query::Row(Table::Strays, [77; 32]),
        page(Table::Strays, None, 2),
        Query::Row(Table::Carried, [8; 32]),
        page(Table::Strays, Some([200; 32]), 2),
        page(Table::Strays, Some([2; 32]), 1),
    ];
    let found = |numbers: &[u8]| -> SealedRows {
        numbers.iter().map(|number| ([*number; 32], vec![*number])).collect()
    };
    let answers: [&[u8]; 7] = [&[8], &[2], &[], &[1, 2], &[8], &[], &[3]];
    assert_eq!(vault.read(&queries).await, Ok(answers.map(found).into()));
    // The last one tells that all are answered: a page, or a row that is not there.
    assert_eq!(
        vault.read(&queries[..4]).await,
        Ok(answers[..4].iter().copied().map(found).collect())
    );
    assert_eq!(
        vault.read(&queries[..3]).await,
        Ok(answers[..3].iter().copied().map(found).collect())
    );
    assert_eq!(vault.read(&[]).await, Ok(Vec::new()));
}
