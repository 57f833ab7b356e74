//! How long the register takes, beside the simplest thing that would do: `cargo run --release -p domain
//! --example register_speed`. Prints one line a measurement, with its ratio to the baseline of the same run,
//! so that figures of two machines can be compared. Nothing here can fail: speed is read, not asserted.
#![allow(clippy::disallowed_methods, reason = "a measurement reads the clock")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use domain::forms::places::COMMUNES;
use domain::forms::{CivilDate, collective_code, search_key};
use domain::ids::RecordId;
use domain::register::{Known, Register, no_neighbours};

const ROWS: usize = 5_000;
const ROUNDS: u32 = 40;
const ARTICLES: [&str; 6] = ["Les", "Le", "La", "L’", "Chez", "Au"];
const NOUNS: [&str; 24] = [
    "Lampions",
    "Palier",
    "Figuiers",
    "Escalier",
    "Théières",
    "Préau",
    "Mésange",
    "Porte",
    "Table",
    "Voisines",
    "Cour",
    "Balcon",
    "Marelle",
    "Tilleul",
    "Passerelle",
    "Grenier",
    "Écluse",
    "Verger",
    "Atelier",
    "Hirondelles",
    "Ruche",
    "Perron",
    "Glycine",
    "Canal",
];
const ENDS: [&str; 12] = [
    "Bleu",
    "Verte",
    "du Samedi",
    "Longue",
    "aux Cerises",
    "d’en Face",
    "du Coin",
    "Partagée",
    "Rouge",
    "des Neiges",
    "Ouverte",
    "du Midi",
];
const TYPES: [&str; 6] = [
    "cohousing",
    "cohousing_solidarity",
    "kangaroo",
    "neighbour_group",
    "single_household",
    "occupation",
];

struct Row {
    id: RecordId,
    alias: String,
    code: String,
    place: String,
    housing: &'static str,
}

impl Row {
    /// A number that looks random tells everything of a row. A fifth of the rows are in one commune.
    fn new(index: usize) -> Self {
        let noise = (index as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let part = |shift: u32, count: usize| (noise >> shift) as usize % count;
        let bytes = noise.to_be_bytes();
        let mut id = [0; 16];
        id[..8].copy_from_slice(&noise.rotate_left(17).to_be_bytes());
        let article = ARTICLES[part(3, ARTICLES.len())];
        let alias =
            format!("{article} {} {}", NOUNS[part(11, NOUNS.len())], ENDS[part(23, ENDS.len())]);
        let commune = if part(31, 5) == 0 { 3 } else { part(37, COMMUNES.len()) };
        Self {
            id: RecordId(id),
            alias,
            code: collective_code([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]]),
            place: COMMUNES[commune].place_code(),
            housing: TYPES[part(47, TYPES.len())],
        }
    }

    fn known(&self) -> Known<'_> {
        Known {
            code: Some(&self.code),
            place_code: Some(&self.place),
            housing_type: Some(self.housing),
            own_visit: self.id.0[0]
                .is_multiple_of(50)
                .then(|| CivilDate::from_days_since_epoch(i64::from(self.id.0[1]))),
            ..Known::new(self.id, &self.alias)
        }
    }
}

fn main() {
    let rows: Vec<Row> = (0..ROWS).map(Row::new).collect();
    let before = resident();
    let mut register = Register::new();
    let built = timed(1, || rows.iter().for_each(|row| register.insert(&row.known())));
    println!(
        "{ROWS} rows: built in {:.2} ms, {} KB more memory",
        millis(built),
        resident() - before
    );

    // The baseline: every row's key made and searched for the words, without ranking or mistakes.
    let baseline = timed(ROUNDS, || black_box(contains_all(&rows, "lampions bleu")));
    println!("baseline, keys made anew, no mistakes, no order: {:.2} ms", millis(baseline));
    let ratio = |took: Duration| took.as_secs_f64() / baseline.as_secs_f64();
    let report = |name: &str, took: Duration, found: usize| {
        println!("{name:<44} {:>7.3} ms  ratio {:.3}  found {found}", millis(took), ratio(took));
    };
    for typed in [
        "l",
        "le",
        "les",
        "lam",
        "lampions",
        "lanpions",
        "lampions bleu",
        "lmapions blue",
        "hirondelles des neiges",
        "hirondeles dse neiges schaerbek",
        "cohousing",
        "1060",
        "k7",
        "K7QMZ3",
        "zzzzzzzz",
        "palier st gilles rouge",
    ] {
        let found = register.find(typed, 6).total;
        let took = timed(ROUNDS, || black_box(register.find(black_box(typed), 6)));
        report(&format!("find {typed:?}"), took, found);
    }
    report("recent", timed(ROUNDS, || black_box(register.recent(6))), register.recent(6).len());
    let one = Known { id: RecordId([1; 16]), code: None, ..rows[3].known() };
    let largest = rows.iter().find(|row| row.place == "be:21004").unwrap_or(&rows[0]);
    let in_largest = Known { id: RecordId([1; 16]), code: None, ..largest.known() };
    for (name, new) in [("alike, a common place", one), ("alike, the largest place", in_largest)] {
        let took = timed(ROUNDS, || black_box(register.alike(&new, None, no_neighbours, 5)));
        report(name, took, register.alike(&new, None, no_neighbours, usize::MAX).len());
    }
    let all = timed(1, || {
        for row in &rows {
            black_box(register.alike(&row.known(), None, no_neighbours, 5));
        }
    });
    report("alike, every row of the register", all, ROWS);
    let update = timed(ROUNDS, || {
        register.remove(&rows[7].id);
        register.insert(&rows[7].known());
    });
    report("one row taken out and put in", update, 1);
}

fn contains_all(rows: &[Row], typed: &str) -> usize {
    let wanted = search_key(typed);
    let fits = |row: &&Row| {
        let key = search_key(&row.alias);
        wanted.split(' ').all(|word| key.contains(word))
    };
    rows.iter().filter(fits).count()
}

/// The fastest of the rounds: what else the machine does only makes one slower.
fn timed<T>(rounds: u32, mut act: impl FnMut() -> T) -> Duration {
    let once = |_| {
        let start = Instant::now();
        black_box(act());
        start.elapsed()
    };
    (0..rounds).map(once).min().unwrap_or_default()
}

fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}

/// Resident memory in KB, where the system tells.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
