//! A loss, told to the coordination.

use super::*;

#[test]
fn a_loss_is_told_once_and_reaches_coordinators_alone() {
    let (mut server, mut coordinator, mut volunteer, confirmation) = campaign();
    server.append(confirmation);
    volunteer.pull(&server);
    let loss = Loss { device: "ab12".into(), records: 7, unsent: 2 };
    let tell = |phone: &mut Phone, loss: &Loss| {
        let Phone { notebook, rng, .. } = phone;
        let told = notebook.tell_loss(loss, 5, rng);
        told.map(|writes| phone.store(writes))
    };
    assert_eq!(tell(&mut volunteer, &loss), Ok(()));
    volunteer.reopen();
    assert_eq!(tell(&mut volunteer, &loss), Err(SaveError::Nothing));
    assert_eq!(coordinator.notebook.losses(), []);
    volunteer.push(&mut server);
    coordinator.pull(&server);
    let by = volunteer.notebook.device();
    assert_eq!(coordinator.notebook.losses(), [ToldLoss { by, at: 5, records: 7, unsent: 2 }]);
    let other = Loss { unsent: 0, ..loss };
    assert_eq!(tell(&mut volunteer, &other), Ok(()));
    assert_eq!(volunteer.notebook.losses().len(), 2);
}
