//! A wasm file taken apart into its sections.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use wasmparser::{
    Data, Element, ElementItems, ElementKind, Export, FunctionBody, Global, Import, MemoryType,
    Parser, Payload, RefType, Table, TypeRef,
};

use super::reach::constant;

/// The parts of a file that a cut looks at.
#[derive(Default)]
pub(super) struct Module<'a> {
    /// The section of types, as it is.
    pub(super) types: &'a [u8],
    /// What it imports.
    pub(super) imports: Vec<Import<'a>>,
    /// The type of each function, the imported ones first.
    pub(super) functions: Vec<u32>,
    /// How many of them are imported.
    pub(super) imported: u32,
    /// Its tables.
    pub(super) tables: Vec<Table<'a>>,
    /// Its memory.
    pub(super) memories: Vec<MemoryType>,
    /// Its globals.
    pub(super) globals: Vec<Global<'a>>,
    /// What it exports.
    pub(super) exports: Vec<Export<'a>>,
    /// The function that runs first.
    pub(super) start: Option<u32>,
    /// The table of function pointers, by place.
    pub(super) slots: BTreeMap<u32, u32>,
    /// Elements of other kinds, as they are.
    pub(super) elements: Vec<Element<'a>>,
    /// The code, imported functions left out.
    pub(super) bodies: Vec<FunctionBody<'a>>,
    /// The data, each with its address.
    pub(super) data: Vec<(u32, &'a [u8])>,
}

impl<'a> Module<'a> {
    /// Takes a file apart.
    ///
    /// # Errors
    /// When it is no wasm file, or holds what no app of this repository holds.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut module = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            module.take(payload?, bytes)?;
        }
        if module.memories.len() != 1 {
            bail!("it has no memory of its own");
        }
        Ok(module)
    }

    /// The table of function pointers, among the tables.
    pub(super) fn function_table(&self) -> Option<u32> {
        let found = self.tables.iter().position(|table| table.ty.element_type == RefType::FUNCREF);
        found.and_then(|at| u32::try_from(at).ok())
    }

    /// The code of a function, if it is not imported.
    pub(super) fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        self.bodies.get(function.checked_sub(self.imported)? as usize)
    }

    fn take(&mut self, payload: Payload<'a>, bytes: &'a [u8]) -> Result<()> {
        match payload {
            Payload::TypeSection(types) => self.types = &bytes[types.range()],
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import?;
                    let TypeRef::Func(kind) = import.ty else {
                        bail!("it imports something else than functions");
                    };
                    self.functions.push(kind);
                    self.imported += 1;
                    self.imports.push(import);
                }
            }
            Payload::FunctionSection(all) => {
                for kind in all {
                    self.functions.push(kind?);
                }
            }
            Payload::TableSection(all) => {
                self.tables = all.into_iter().collect::<Result<_, _>>()?
            }
            Payload::MemorySection(all) => {
                self.memories = all.into_iter().collect::<Result<_, _>>()?;
            }
            Payload::GlobalSection(all) => {
                self.globals = all.into_iter().collect::<Result<_, _>>()?;
            }
            Payload::ExportSection(all) => {
                self.exports = all.into_iter().collect::<Result<_, _>>()?;
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(all) => {
                for element in all {
                    self.take_element(element?)?;
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(all) => {
                for data in all {
                    self.take_data(&data?)?;
                }
            }
            Payload::TagSection(_) => bail!("it throws exceptions"),
            _ => {}
        }
        Ok(())
    }

    fn take_element(&mut self, element: Element<'a>) -> Result<()> {
        let ElementKind::Active { table_index, offset_expr } = &element.kind else {
            self.elements.push(element);
            return Ok(());
        };
        let ElementItems::Functions(items) = &element.items else {
            bail!("its table of functions is not a plain list");
        };
        if table_index.unwrap_or(0) != self.function_table().unwrap_or(u32::MAX) {
            bail!("it fills a table of something else than functions");
        }
        let start = constant(offset_expr)?;
        for (slot, function) in (start..).zip(items.clone()) {
            self.slots.insert(slot, function?);
        }
        Ok(())
    }

    fn take_data(&mut self, data: &Data<'a>) -> Result<()> {
        let wasmparser::DataKind::Active { offset_expr, .. } = &data.kind else {
            bail!("it holds data that is copied by hand");
        };
        self.data.push((constant(offset_expr)?, data.data));
        Ok(())
    }
}
