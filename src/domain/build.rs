//! Packs the built-in forms: see `forms/packed`.

use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Map, Value};

#[path = "forms/packed/pack.rs"]
mod pack;
#[path = "forms/packed/tag.rs"]
mod tag;

const FOLDER: &str = "forms/documents";

fn main() {
    println!("cargo::rerun-if-changed={FOLDER}");
    println!("cargo::rerun-if-changed=build.rs");
    let mut documents = Map::new();
    for path in json_files(Path::new(FOLDER)) {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let text = fs::read_to_string(&path).expect("the documents can be read");
        let document = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        documents.insert(name.unwrap_or_default(), document);
    }
    let packed = pack::pack(&Value::Object(documents));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo gives OUT_DIR"));
    fs::write(out.join("forms.txt"), packed.texts).expect("OUT_DIR can be written");
    fs::write(out.join("forms.tree"), packed.tree).expect("OUT_DIR can be written");
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the documents are there");
    let paths = entries.map(|entry| entry.expect("the documents can be listed").path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect()
}
