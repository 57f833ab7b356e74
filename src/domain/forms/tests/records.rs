//! Invented records of the demo data, through the whole of the module.

use serde_json::Value;

use super::super::*;
use super::{answers_of, today};

fn cases() -> Vec<Value> {
    serde_json::from_str(include_str!("records.json")).unwrap()
}

#[test]
fn each_record_has_the_problems_it_should_have() {
    for case in cases() {
        let form = form_for(case["form"].as_str().unwrap()).unwrap();
        let answers = answers_of(form, &case["record"]);
        let problems = validate(form, &answers, today(), Occasion::Finishing);
        let told: Value =
            problems.iter().map(|p| format!("{} {}", p.field, p.code.as_str())).collect();
        assert_eq!(told, case["problems"], "{}", case["name"]);
    }
}

#[test]
fn each_record_survives_its_registers() {
    for case in cases() {
        let form = form_for(case["form"].as_str().unwrap()).unwrap();
        let answers = answers_of(form, &case["record"]);
        let read = from_registers(form, &to_registers(form, &answers));
        assert_eq!(read, FromRegisters { answers, rest: Registers::new() }, "{}", case["name"]);
    }
}
