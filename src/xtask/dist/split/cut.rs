//! The cut itself: one file becomes two that share a memory and a table of function pointers.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, ExportKind, ExportSection,
    FunctionSection, GlobalSection, ImportSection, MemorySection, Module as Output, RawSection,
    SectionId, StartSection, TableSection,
};
use wasmparser::{ExternalKind, Operator};

use super::module::Module;
use super::reach::Apart;
use super::renumber::{Renumber, said};

/// Under this name the second file imports what the first exports.
const FIRST: &str = "first";
/// Fewer bytes of data than this are not worth a segment of their own.
const WORTH_A_SEGMENT: u32 = 24;

/// The two files.
pub(super) struct Cut {
    /// Loaded at the start; exports what the other one needs.
    pub(super) first: Vec<u8>,
    /// Loaded when it is needed.
    pub(super) later: Vec<u8>,
}

/// Cuts a file in two.
///
/// # Errors
/// When the file is not what the linker's output became, or nothing can be cut out of it.
pub(super) fn cut(bytes: &[u8], apart: &Apart) -> Result<Cut> {
    let module = Module::read(bytes)?;
    let table = module.function_table().context("it has no table of functions")?;
    if module.tables[table as usize].ty.initial < u64::from(apart.table) {
        bail!("its table of functions is shorter than the linker's: its places have moved");
    }
    let first = first_functions(&module, apart)?;
    let all = module.imported..u32::try_from(module.functions.len())?;
    let later: Vec<u32> = all.filter(|function| !first.contains(function)).collect();
    if later.is_empty() {
        bail!("nothing can be loaded later: has the entry been called directly?");
    }
    let shared = Shared::of(&module, &later)?;
    Ok(Cut {
        first: write_first(&module, apart, &first, &shared)?,
        later: write_later(&module, apart, &later, &shared)?,
    })
}

/// What the first file needs: everything that is called without one of the places that stand apart.
fn first_functions(module: &Module<'_>, apart: &Apart) -> Result<BTreeSet<u32>> {
    let exported = module.exports.iter().filter(|e| e.kind == ExternalKind::Func).map(|e| e.index);
    let pointed = module.slots.iter().filter(|(slot, _)| !apart.slots.contains(slot));
    let mut open: Vec<u32> =
        exported.chain(module.start).chain(pointed.map(|(_, function)| *function)).collect();
    let mut seen = BTreeSet::new();
    while let Some(function) = open.pop() {
        if seen.insert(function)
            && let Some(body) = module.body(function)
        {
            open.extend(called(body)?.functions);
        }
    }
    Ok(seen)
}

/// What a function's code names.
#[derive(Default)]
struct Named {
    functions: BTreeSet<u32>,
    globals: BTreeSet<u32>,
}

fn called(body: &wasmparser::FunctionBody<'_>) -> Result<Named> {
    let mut named = Named::default();
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::Call { function_index }
            | Operator::ReturnCall { function_index }
            | Operator::RefFunc { function_index } => {
                named.functions.insert(function_index);
            }
            Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index } => {
                named.globals.insert(global_index);
            }
            _ => {}
        }
    }
    Ok(named)
}

/// What the second file takes from the first.
struct Shared {
    /// Functions, by their number in the whole file.
    functions: Vec<u32>,
    /// Globals, likewise.
    globals: Vec<u32>,
}

impl Shared {
    fn of(module: &Module<'_>, later: &[u32]) -> Result<Self> {
        let own: BTreeSet<u32> = later.iter().copied().collect();
        let mut named = Named::default();
        for function in later {
            if let Some(body) = module.body(*function) {
                let Named { functions, globals } = called(body)?;
                named.functions.extend(functions);
                named.globals.extend(globals);
            }
        }
        let functions = named.functions.difference(&own).copied().collect();
        Ok(Self { functions, globals: named.globals.into_iter().collect() })
    }
}

/// Short names in an order that compresses well; no name of wasm-bindgen is so short.
fn short(kind: char, at: usize) -> String {
    let digits = b"abcdefghijklmnopqrstuvwxyz";
    let digit = |place: usize| char::from(digits[at / place % digits.len()]);
    [kind, digit(26 * 26), digit(26), digit(1)].iter().collect()
}

fn write_first(
    module: &Module<'_>,
    apart: &Apart,
    first: &BTreeSet<u32>,
    shared: &Shared,
) -> Result<Vec<u8>> {
    let imported = 0..module.imported;
    let defined = first.iter().copied().filter(|function| *function >= module.imported);
    let kept: Vec<u32> = imported.chain(defined).collect();
    let mut renumber =
        Renumber { functions: kept.iter().copied().zip(0..).collect(), ..Renumber::default() };

    let mut output = Output::new();
    output.section(&RawSection { id: SectionId::Type as u8, data: module.types });
    let mut imports = ImportSection::new();
    for import in &module.imports {
        renumber.parse_import(&mut imports, *import).map_err(said)?;
    }
    output.section(&imports);
    output.section(&types(module, &kept[module.imported as usize..]));
    let mut tables = TableSection::new();
    for table in &module.tables {
        renumber.parse_table(&mut tables, table.clone()).map_err(said)?;
    }
    output.section(&tables);
    let mut memories = MemorySection::new();
    for memory in &module.memories {
        memories.memory(renumber.memory_type(*memory).map_err(said)?);
    }
    output.section(&memories);
    let mut globals = GlobalSection::new();
    for global in &module.globals {
        renumber.parse_global(&mut globals, global.clone()).map_err(said)?;
    }
    output.section(&globals);

    let mut exports = ExportSection::new();
    for export in &module.exports {
        renumber.parse_export(&mut exports, *export).map_err(said)?;
    }
    for (at, function) in shared.functions.iter().enumerate() {
        exports.export(&short('f', at), ExportKind::Func, renumber.functions[function]);
    }
    for (at, global) in shared.globals.iter().enumerate() {
        exports.export(&short('g', at), ExportKind::Global, *global);
    }
    for at in 0..module.tables.len() {
        exports.export(&short('t', at), ExportKind::Table, u32::try_from(at)?);
    }
    exports.export(&short('m', 0), ExportKind::Memory, 0);
    output.section(&exports);
    if let Some(start) = module.start {
        output.section(&StartSection { function_index: renumber.functions[&start] });
    }

    let mut elements = slots(module, |function| first.contains(&function), &renumber)?;
    for element in &module.elements {
        renumber.parse_element(&mut elements, element.clone()).map_err(said)?;
    }
    output.section(&elements);
    output.section(&code(module, &kept[module.imported as usize..], &mut renumber)?);
    output.section(&data(module, &apart.data, false));
    Ok(output.finish())
}

fn write_later(
    module: &Module<'_>,
    apart: &Apart,
    later: &[u32],
    shared: &Shared,
) -> Result<Vec<u8>> {
    let numbered = shared.functions.iter().chain(later).copied().zip(0..);
    let mut renumber = Renumber {
        functions: numbered.collect(),
        globals: shared.globals.iter().copied().zip(0..).collect(),
    };

    let mut output = Output::new();
    output.section(&RawSection { id: SectionId::Type as u8, data: module.types });
    let mut imports = ImportSection::new();
    for (at, function) in shared.functions.iter().enumerate() {
        let kind = module.functions[*function as usize];
        imports.import(FIRST, &short('f', at), wasm_encoder::EntityType::Function(kind));
    }
    for (at, global) in shared.globals.iter().enumerate() {
        let kind = renumber.global_type(module.globals[*global as usize].ty).map_err(said)?;
        imports.import(FIRST, &short('g', at), kind);
    }
    for (at, table) in module.tables.iter().enumerate() {
        imports.import(FIRST, &short('t', at), renumber.table_type(table.ty).map_err(said)?);
    }
    for memory in &module.memories {
        imports.import(FIRST, &short('m', 0), renumber.memory_type(*memory).map_err(said)?);
    }
    output.section(&imports);
    output.section(&types(module, later));
    let own: BTreeSet<u32> = later.iter().copied().collect();
    output.section(&slots(module, |function| own.contains(&function), &renumber)?);
    output.section(&code(module, later, &mut renumber)?);
    output.section(&data(module, &apart.data, true));
    Ok(output.finish())
}

/// The types of these functions.
fn types(module: &Module<'_>, functions: &[u32]) -> FunctionSection {
    let mut section = FunctionSection::new();
    for function in functions {
        section.function(module.functions[*function as usize]);
    }
    section
}

/// The code of these functions.
fn code(module: &Module<'_>, functions: &[u32], renumber: &mut Renumber) -> Result<CodeSection> {
    let mut section = CodeSection::new();
    for function in functions {
        let body = module.body(*function).context("a function without code")?;
        renumber.append(&mut section, body)?;
    }
    Ok(section)
}

/// The table's places whose functions are in the file, those beside each other together.
fn slots(
    module: &Module<'_>,
    is_own: impl Fn(u32) -> bool,
    renumber: &Renumber,
) -> Result<ElementSection> {
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (slot, function) in module.slots.iter().filter(|(_, function)| is_own(**function)) {
        let function = *renumber.functions.get(function).context("a pointer to nothing")?;
        match runs.last_mut() {
            Some((start, run)) if *start + u32::try_from(run.len())? == *slot => run.push(function),
            _ => runs.push((*slot, vec![function])),
        }
    }
    let table = module.function_table().filter(|table| *table > 0);
    let mut section = ElementSection::new();
    for (start, run) in runs {
        let place = ConstExpr::i32_const(start.cast_signed());
        section.active(table, &place, Elements::Functions(run.into()));
    }
    Ok(section)
}

/// The data inside the ranges, or all that is outside.
fn data(module: &Module<'_>, ranges: &[Range<u32>], inside: bool) -> DataSection {
    let mut section = DataSection::new();
    let worth = |range: &&Range<u32>| range.end - range.start >= WORTH_A_SEGMENT;
    let runs: Vec<&Range<u32>> = ranges.iter().filter(worth).collect();
    for (address, bytes) in &module.data {
        let end = address + u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let mut write = |range: Range<u32>| {
            if range.start < range.end {
                let within = (range.start - address) as usize..(range.end - address) as usize;
                let place = ConstExpr::i32_const(range.start.cast_signed());
                section.active(0, &place, bytes[within].iter().copied());
            }
        };
        let mut from = *address;
        for run in runs.iter().filter(|run| run.start < end && *address < run.end) {
            let cut = run.start.max(*address)..run.end.min(end);
            write(if inside { cut.clone() } else { from..cut.start });
            from = cut.end;
        }
        if !inside {
            write(from..end);
        }
    }
    section
}
