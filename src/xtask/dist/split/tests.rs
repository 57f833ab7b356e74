//! A program of four functions, linked with relocations: one calls through a pointer, and two are reached
//! that way alone.

use wasm_encoder::{
    CustomSection, DataSection, ElementSection, Elements, ExportKind, ExportSection,
    FunctionSection, LinkingSection, MemorySection, MemoryType, Module, RawSection, RefType,
    SectionId, SymbolTable, TableSection, TableType, TypeSection,
};
use wasmparser::{Parser, Payload};

use super::cut::{Cut, cut};
use super::reach::{Apart, only_through};

const ENTRY: &str = "app::later_view";
const MANGLED: &str = "_ZN3app10later_view17h0123456789abcdefE";
const CALL_THROUGH_POINTER: &[u8] = &[0x41, 0x81, 0x80, 0x80, 0x80, 0, 0x11, 0, 0];
const DATA_FIRST: &[u8] = &[0x41, 0x80, 0x88, 0x80, 0x80, 0, 0x1a];
const DATA_LATER: &[u8] = &[0x41, 0x88, 0x88, 0x80, 0x80, 0, 0x1a];

fn call(function: u8) -> [u8; 2] {
    [0x10, function]
}

/// `main` is function 0, the entry 1, what it calls 2, and 3 is called by `main` too.
fn program(main_calls: u8) -> Vec<u8> {
    let bodies = [
        [CALL_THROUGH_POINTER, DATA_FIRST, &call(main_calls)].concat(),
        call(2).to_vec(),
        [DATA_LATER, &call(3)].concat(),
        Vec::new(),
    ];
    let mut code = vec![u8::try_from(bodies.len()).unwrap()];
    let mut starts = Vec::new();
    for body in &bodies {
        // Its length, no locals, the code, the end.
        code.push(u8::try_from(body.len()).unwrap() + 2);
        code.push(0);
        starts.push(u8::try_from(code.len()).unwrap());
        code.extend(body);
        code.push(0x0b);
    }
    let pointer = u8::try_from(CALL_THROUGH_POINTER.len()).unwrap();
    // The section's number counted from the types, how many, then kind, place, symbol and what is added.
    let relocations = [
        vec![6, 3],
        vec![1, starts[0] + 1, 1],
        vec![4, starts[0] + pointer + 1, 4, 0],
        vec![4, starts[2] + 1, 5, 0],
    ]
    .concat();

    let mut types = TypeSection::new();
    types.ty().function([], []);
    let mut functions = FunctionSection::new();
    for _ in 0..4 {
        functions.function(0);
    }
    let mut tables = TableSection::new();
    let table = TableType {
        element_type: RefType::FUNCREF,
        minimum: 2,
        maximum: None,
        table64: false,
        shared: false,
    };
    tables.table(table);
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0).export("main", ExportKind::Func, 0);
    let mut elements = ElementSection::new();
    let place = wasm_encoder::ConstExpr::i32_const(1);
    elements.active(None, &place, Elements::Functions(vec![1].into()));
    let mut data = DataSection::new();
    data.active(
        0,
        &wasm_encoder::ConstExpr::i32_const(1024),
        *b"first---later---later---later---later---",
    );
    let mut symbols = SymbolTable::new();
    for (at, name) in ["main", MANGLED, "called", "shared"].into_iter().enumerate() {
        symbols.function(0, u32::try_from(at).unwrap(), Some(name));
    }
    for (name, offset, size) in [("first", 0, 8), ("later", 8, 32)] {
        symbols.data(0, name, Some(wasm_encoder::DataSymbolDefinition { index: 0, offset, size }));
    }
    let mut linking = LinkingSection::new();
    linking.symbol_table(&symbols);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&functions)
        .section(&tables)
        .section(&memories)
        .section(&exports)
        .section(&elements)
        .section(&RawSection { id: SectionId::Code as u8, data: &code })
        .section(&data)
        .section(&linking)
        .section(&CustomSection { name: "reloc.CODE".into(), data: relocations.into() });
    module.finish()
}

/// How many functions a file holds, and all its data.
fn contents(bytes: &[u8]) -> (usize, Vec<u8>) {
    let (mut functions, mut data) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.unwrap() {
            Payload::CodeSectionEntry(_) => functions += 1,
            Payload::DataSection(all) => {
                all.into_iter().for_each(|one| data.extend(one.unwrap().data));
            }
            _ => {}
        }
    }
    (functions, data)
}

#[test]
fn what_is_reached_through_the_pointer_alone_stands_apart_and_is_cut_out() {
    let program = program(3);
    let apart = only_through(&program, ENTRY).unwrap();
    assert_eq!(
        apart,
        Apart { slots: [1].into(), data: std::iter::once(1032..1064).collect(), table: 2 }
    );

    let Cut { first, later } = cut(&program, &apart).unwrap();
    assert_eq!(contents(&first), (2, b"first---".to_vec()));
    assert_eq!(contents(&later), (2, b"later---later---later---later---".to_vec()));
}

#[test]
fn what_is_called_directly_too_stays_and_an_unknown_entry_is_told() {
    let program = program(1);
    let apart = only_through(&program, ENTRY).unwrap();
    // The entry is cut off by its name; the call to it keeps all of it in the first file.
    assert!(cut(&program, &apart).is_err());
    assert!(only_through(&program, "app::other").is_err());
}
