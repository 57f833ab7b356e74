//! Each history draws its own mix of faults: so rare faults meet each other too.

use std::sync::LazyLock;

use super::dice::Dice;

/// How often what happens in one history; shares are in percent.
#[derive(Debug, Clone)]
pub(super) struct Mix {
    pub(super) steps: usize,
    pub(super) second_coordinator: bool,
    pub(super) second_volunteer: bool,
    /// A second device of the first volunteer.
    pub(super) tablet: bool,
    /// Devices that enrol and are confirmed later, if at all before the healing.
    pub(super) guests: usize,
    /// A guest is a further phone of the first volunteer, not somebody new.
    pub(super) new_phone: bool,
    pub(super) lost_request: usize,
    pub(super) lost_reply: usize,
    pub(super) late_reply: usize,
    pub(super) twice: usize,
    pub(super) crash: usize,
    pub(super) restores: usize,
    /// Restores by copying files back, without a new history.
    pub(super) careless: usize,
    pub(super) clones: usize,
    pub(super) skewed: bool,
    pub(super) erases: usize,
    pub(super) revokes: usize,
    /// New generations of keys.
    pub(super) rotates: usize,
    /// Devices that are lost with all that only they held; not together with erasing and putting out.
    pub(super) deaths: usize,
    /// Edits of records for coordinators and authors; the others are rows for all.
    pub(super) restricted: usize,
    /// How many steps in a hundred a coordinator's device governs instead of editing.
    pub(super) governs: usize,
    /// Whether content leaves volunteers' devices as soon as it may.
    pub(super) retires: bool,
    /// Entries of a page.
    pub(super) page: usize,
}

impl Mix {
    pub(super) fn draw(dice: &mut Dice) -> Self {
        let calm = dice.percent(10);
        let mut share = |shares: &[usize]| if calm { 0 } else { dice.pick(shares) };
        let (erases, revokes) = (share(&[0, 0, 0, 0, 0, 3]), share(&[0, 0, 0, 0, 0, 0, 0, 2]));
        let (deaths, rotates) = (share(&[0, 4]), share(&[0, 0, 0, 4]));
        Self {
            rotates,
            erases,
            revokes,
            deaths: if erases + revokes == 0 { deaths } else { 0 },
            lost_request: share(&[0, 5, 15, 30]),
            lost_reply: share(&[0, 5, 15, 30]),
            late_reply: share(&[0, 5, 15, 30]),
            twice: share(&[0, 5, 15]),
            crash: share(&[0, 3, 10, 20]),
            restores: share(&[0, 0, 4, 8]),
            careless: share(&[0, 0, 30, 100]),
            clones: share(&[0, 0, 0, 4]),
            steps: 10 + dice.below(31),
            second_coordinator: dice.percent(50),
            second_volunteer: dice.percent(40),
            tablet: dice.percent(20),
            guests: usize::from(dice.percent(25)),
            new_phone: dice.percent(50),
            skewed: dice.percent(50),
            retires: false,
            restricted: dice.pick(&[30, 60, 90]),
            page: dice.pick(&[2, 3, 5, 50]),
            governs: 5,
        }
        .unsettled(dice)
    }

    /// In some histories, or in as many in a hundred as `SIMULATION_UNSETTLED` says, several write the roster
    /// and backups are put back all the time.
    fn unsettled(self, dice: &mut Dice) -> Self {
        static SHARE: LazyLock<usize> = LazyLock::new(|| {
            let share = std::env::var("SIMULATION_UNSETTLED").ok();
            share.and_then(|text| text.parse().ok()).unwrap_or(10)
        });
        if !dice.percent(*SHARE) {
            return self;
        }
        Self {
            governs: 25,
            second_coordinator: true,
            guests: 1 + dice.below(3),
            restores: dice.pick(&[8, 15]),
            revokes: if self.deaths == 0 { dice.pick(&[0, 2]) } else { 0 },
            rotates: dice.pick(&[0, 3]),
            ..self
        }
    }

    /// Content leaves volunteers' devices; so no device is lost or put out that may be the last to have it.
    pub(super) fn retires(&mut self) {
        (self.retires, self.deaths, self.revokes) = (true, 0, 0);
    }
}
