//! What is reached through one function alone, read off the relocations of a linked wasm file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result, bail};
use wasmparser::{
    DataKind, ElementItems, ElementKind, ExternalKind, FunctionBody, KnownCustom, Linking,
    Operator, Parser, Payload, RelocationType, SymbolInfo, TypeRef,
};

/// What stands apart: reached through the entry and through nothing else.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Apart {
    /// Places in the table of function pointers.
    pub(super) slots: BTreeSet<u32>,
    /// Addresses of constants and statics, in order.
    pub(super) data: Vec<Range<u32>>,
    /// How long the table of function pointers is.
    pub(super) table: u32,
}

/// Between two pieces of data for the sake of alignment.
const LONGEST_GAP: u32 = 16;

/// A function or a piece of data: the places of one list, functions first.
type Node = usize;

/// A linked file, as far as reaching goes.
#[derive(Default)]
struct Linked<'a> {
    /// By index; the imported ones too.
    functions: usize,
    imported: usize,
    bodies: Vec<FunctionBody<'a>>,
    code_start: usize,
    data_start: usize,
    /// The table: place and function.
    slots: Vec<(u32, u32)>,
    table: u32,
    roots: BTreeSet<Node>,
    /// Address of each data segment, and where its bytes stand in the file.
    segments: Vec<(u32, Range<usize>)>,
    symbols: Vec<SymbolInfo<'a>>,
    /// Of code and of data: kind, place in the section, symbol.
    relocations: Vec<(RelocationType, usize, u32)>,
    sections: Vec<usize>,
}

/// Reads a linked file and finds what is reached through the function of this name alone.
///
/// # Errors
/// When it is no wasm file, was linked without `--emit-relocs`, or lacks the function.
pub(super) fn only_through(bytes: &[u8], entry: &str) -> Result<Apart> {
    let linked = Linked::read(bytes)?;
    let graph = Graph::of(&linked)?;
    let entries: BTreeSet<Node> = linked
        .symbols
        .iter()
        .filter_map(|symbol| match symbol {
            SymbolInfo::Func { index, name: Some(name), .. } => Some((*index as Node, *name)),
            _ => None,
        })
        .filter(|(_, name)| format!("{:#}", rustc_demangle::demangle(name)) == entry)
        .map(|(index, _)| index)
        .collect();
    if entries.is_empty() {
        bail!("there is no function {entry}");
    }
    let first = graph.reached(&graph.roots, &entries);
    let later = graph.reached(&entries, &BTreeSet::new());
    let apart = |node: &Node| later.contains(node) && !first.contains(node);

    let slots = linked.slots.iter().filter(|(_, function)| apart(&(*function as Node)));
    let slots = slots.map(|(slot, _)| *slot).collect();
    let (later, first) = graph.data.iter().partition::<Vec<_>, _>(|(node, _)| apart(node));
    Ok(Apart { slots, data: runs(&later, &first), table: linked.table })
}

/// The bytes of `later` that are not in `first` too: symbols may share bytes. A short gap that belongs to
/// nothing is taken in.
fn runs(later: &[(&Node, &Range<u32>)], first: &[(&Node, &Range<u32>)]) -> Vec<Range<u32>> {
    let mut marks: BTreeMap<u32, bool> = BTreeMap::new();
    for (pieces, is_later) in [(later, true), (first, false)] {
        for (_, range) in pieces {
            marks.extend((*range).clone().map(|address| (address, is_later)));
        }
    }
    let mut runs: Vec<Range<u32>> = Vec::new();
    let mut is_open = false;
    for (address, is_later) in marks {
        match runs.last_mut() {
            Some(run) if is_later && is_open && address - run.end <= LONGEST_GAP => {
                run.end = address + 1;
            }
            _ if is_later => runs.push(address..address + 1),
            _ => {}
        }
        is_open = is_later;
    }
    runs
}

impl<'a> Linked<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut linked = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload?;
            linked.take(&payload)?;
        }
        if linked.symbols.is_empty() || linked.relocations.is_empty() {
            bail!("it holds no relocations: it must be linked with --emit-relocs");
        }
        Ok(linked)
    }

    fn take(&mut self, payload: &Payload<'a>) -> Result<()> {
        if let Some((_, range)) = payload.as_section() {
            self.sections.push(range.start);
        }
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.clone().into_imports() {
                    self.imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
                self.functions = self.imported;
            }
            Payload::FunctionSection(all) => self.functions += all.count() as usize,
            Payload::TableSection(tables) => {
                let first = tables.clone().into_iter().next().context("it has no table")??;
                self.table = u32::try_from(first.ty.initial)?;
            }
            Payload::ExportSection(exports) => {
                for export in exports.clone() {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        self.roots.insert(export.index as Node);
                    }
                }
            }
            Payload::StartSection { func, .. } => {
                self.roots.insert(*func as Node);
            }
            Payload::ElementSection(elements) => {
                for element in elements.clone() {
                    let element = element?;
                    let ElementKind::Active { offset_expr, .. } = element.kind else { continue };
                    let ElementItems::Functions(items) = element.items else { continue };
                    let start = constant(&offset_expr)?;
                    for (at, function) in (start..).zip(items) {
                        self.slots.push((at, function?));
                    }
                }
            }
            Payload::CodeSectionStart { range, .. } => self.code_start = range.start,
            Payload::CodeSectionEntry(body) => self.bodies.push(body.clone()),
            Payload::DataSection(data) => {
                self.data_start = data.range().start;
                for segment in data.clone() {
                    let segment = segment?;
                    let DataKind::Active { offset_expr, .. } = &segment.kind else {
                        bail!("it holds passive data");
                    };
                    let bytes = segment.range.end - segment.data.len()..segment.range.end;
                    self.segments.push((constant(offset_expr)?, bytes));
                }
            }
            Payload::CustomSection(custom) => self.take_custom(custom.as_known())?,
            _ => {}
        }
        Ok(())
    }

    fn take_custom(&mut self, custom: KnownCustom<'a>) -> Result<()> {
        match custom {
            KnownCustom::Linking(linking) => {
                for part in linking.subsections() {
                    if let Linking::SymbolTable(symbols) = part? {
                        self.symbols = symbols.into_iter().collect::<Result<_, _>>()?;
                    }
                }
            }
            KnownCustom::Reloc(relocations) => {
                let start = self.sections.get(relocations.section_index() as usize);
                let start = *start.context("relocations of a section that is not there")?;
                if start != self.code_start && start != self.data_start {
                    return Ok(());
                }
                for entry in relocations.entries() {
                    let entry = entry?;
                    self.relocations.push((entry.ty, start + entry.offset as usize, entry.index));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// The number that a constant expression gives.
pub(super) fn constant(expression: &wasmparser::ConstExpr<'_>) -> Result<u32> {
    match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        _ => bail!("a segment's place is not a number"),
    }
}

struct Graph {
    edges: BTreeMap<Node, BTreeSet<Node>>,
    roots: BTreeSet<Node>,
    /// Data nodes and their addresses.
    data: BTreeMap<Node, Range<u32>>,
}

impl Graph {
    fn of(linked: &Linked<'_>) -> Result<Self> {
        let mut edges: BTreeMap<Node, BTreeSet<Node>> = BTreeMap::new();
        let mut data = BTreeMap::new();
        let mut places = Places::default();
        for (at, symbol) in linked.symbols.iter().enumerate() {
            let SymbolInfo::Data { symbol: Some(defined), .. } = symbol else { continue };
            let Some((address, bytes)) = linked.segments.get(defined.index as usize) else {
                continue;
            };
            let node = linked.functions + at;
            let start = address + defined.offset;
            data.insert(node, start..start + defined.size);
            let place = bytes.start + defined.offset as usize;
            places.0.push((place..place + defined.size as usize, node, 0));
        }
        places.sort();

        for (at, body) in linked.bodies.iter().enumerate() {
            let from = linked.imported + at;
            for operator in body.get_operators_reader()? {
                if let Operator::Call { function_index }
                | Operator::ReturnCall { function_index }
                | Operator::RefFunc { function_index } = operator?
                {
                    edges.entry(from).or_default().insert(function_index as Node);
                }
            }
        }
        let mut roots = linked.roots.clone();
        let mut pointed = BTreeSet::new();
        for (kind, place, symbol) in &linked.relocations {
            let to = match (kind, linked.symbols.get(*symbol as usize)) {
                (
                    RelocationType::TableIndexSleb | RelocationType::TableIndexI32,
                    Some(SymbolInfo::Func { index, .. }),
                ) => {
                    pointed.insert(*index);
                    *index as Node
                }
                (
                    RelocationType::MemoryAddrLeb
                    | RelocationType::MemoryAddrSleb
                    | RelocationType::MemoryAddrI32,
                    Some(SymbolInfo::Data { symbol: Some(_), .. }),
                ) => linked.functions + *symbol as usize,
                // Calls are read off the code itself, types and globals are shared.
                (
                    RelocationType::FunctionIndexLeb
                    | RelocationType::TypeIndexLeb
                    | RelocationType::GlobalIndexLeb
                    | RelocationType::TableNumberLeb
                    | RelocationType::MemoryAddrLeb
                    | RelocationType::MemoryAddrSleb
                    | RelocationType::MemoryAddrI32,
                    _,
                ) => continue,
                (other, _) => bail!("relocations of the kind {other:?} are not known here"),
            };
            let body = linked.bodies.partition_point(|body| body.range().end <= *place);
            let holders = match linked.bodies.get(body) {
                Some(held) if held.range().contains(place) => vec![linked.imported + body],
                _ => places.holding(*place),
            };
            // What holds the pointer is not known: whatever it points at is needed from the start.
            if holders.is_empty() {
                roots.insert(to);
            }
            for from in holders {
                edges.entry(from).or_default().insert(to);
            }
        }
        // A place in the table that nothing points at may be used in ways that are not seen here.
        let unseen = linked.slots.iter().filter(|(_, function)| !pointed.contains(function));
        roots.extend(unseen.map(|(_, function)| *function as Node));
        Ok(Self { edges, roots, data })
    }

    /// Everything reached from `roots`, without going through `closed`.
    fn reached(&self, roots: &BTreeSet<Node>, closed: &BTreeSet<Node>) -> BTreeSet<Node> {
        let mut seen = BTreeSet::new();
        let mut open: Vec<Node> = roots.iter().copied().collect();
        while let Some(node) = open.pop() {
            if closed.contains(&node) || !seen.insert(node) {
                continue;
            }
            open.extend(self.edges.get(&node).into_iter().flatten());
        }
        seen
    }
}

/// Where the bytes of each data symbol stand in the file, and how far any before it goes.
#[derive(Default)]
struct Places(Vec<(Range<usize>, Node, usize)>);

impl Places {
    fn sort(&mut self) {
        self.0.sort_by_key(|(range, ..)| (range.start, range.end));
        let mut furthest = 0;
        for (range, _, before) in &mut self.0 {
            *before = furthest;
            furthest = furthest.max(range.end);
        }
    }

    /// The symbols that hold this place; several may share bytes.
    fn holding(&self, place: usize) -> Vec<Node> {
        let mut found = Vec::new();
        let until = self.0.partition_point(|(range, ..)| range.start <= place);
        for (range, node, before) in self.0[..until].iter().rev() {
            if range.contains(&place) {
                found.push(*node);
            }
            if *before <= place {
                break;
            }
        }
        found
    }
}
