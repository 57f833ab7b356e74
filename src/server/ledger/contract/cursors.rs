//! How far devices have come.

use domain::ids::Epoch;

use super::{ANNA, BART, CAMPAIGN, founded, test};

test!(cursors_rise_and_end_with_their_history, ledger, {
    founded(&*ledger).await;
    let noted = async || {
        let mut noted = ledger.cursors(&CAMPAIGN).await.unwrap();
        noted.sort();
        noted
    };
    assert_eq!(noted().await, []);
    for (device, number) in [(ANNA, 5), (BART, 1), (ANNA, 3), (BART, 2), (BART, 2)] {
        ledger.note_cursor(&CAMPAIGN, &device, number).await.unwrap();
    }
    assert_eq!(noted().await, [(ANNA, 5), (BART, 2)]);
    ledger.begin_history(Epoch([9; 16])).await.unwrap();
    assert_eq!(noted().await, []);
    ledger.note_cursor(&CAMPAIGN, &ANNA, 1).await.unwrap();
    assert_eq!(noted().await, [(ANNA, 1)]);
});
