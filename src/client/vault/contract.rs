//! What every vault must do: written once, run over memory and over IndexedDB in a browser.

use domain::notebook::Table;

use super::Vault;

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
}

async fn what_was_written_is_read_back(vault: &impl Vault) {
    assert_eq!(vault.read(Table::Drafts, [1; 32]).await, Ok(None));
    let rows = vec![
        (Table::Drafts, [1; 32], Some(b"one".to_vec())),
        (Table::Drafts, [2; 32], Some(b"two".to_vec())),
    ];
    assert_eq!(vault.write(rows).await, Ok(()));
    assert_eq!(vault.read(Table::Drafts, [1; 32]).await, Ok(Some(b"one".to_vec())));
    let all = vault.page(Table::Drafts, None, 9).await;
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
    assert_eq!(vault.read(Table::Drafts, [1; 32]).await, Ok(Some(b"second".to_vec())));
    assert_eq!(vault.read(Table::Drafts, [2; 32]).await, Ok(None));
    assert_eq!(vault.write(Vec::new()).await, Ok(()));
}

async fn pages_follow_each_other(vault: &impl Vault) {
    let indexes = [[0; 32], [9; 32], [10; 32], [0xa0; 32], [255; 32]];
    let rows = indexes.map(|index| (Table::Dispatches, index, Some(index[..1].to_vec())));
    assert_eq!(vault.write(rows.into()).await, Ok(()));
    let (mut after, mut found) = (None, Vec::new());
    for expected in [2, 2, 1, 0] {
        let page = vault.page(Table::Dispatches, after, 2).await.unwrap_or_default();
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
        assert_eq!(vault.read(*table, [7; 32]).await, Ok(Some(vec![table.code()])));
    }
}

async fn large_and_empty_values_survive(vault: &impl Vault) {
    let large: Vec<u8> = (0..600_000_u32).map(|number| number as u8).collect();
    let rows = vec![
        (Table::Entries, [3; 32], Some(large.clone())),
        (Table::Entries, [4; 32], Some(Vec::new())),
    ];
    assert_eq!(vault.write(rows).await, Ok(()));
    assert_eq!(vault.read(Table::Entries, [3; 32]).await, Ok(Some(large)));
    assert_eq!(vault.read(Table::Entries, [4; 32]).await, Ok(Some(Vec::new())));
}
