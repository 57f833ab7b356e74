//! What may be awaited while a transaction of IndexedDB is open: its own requests, and its commit. A browser ends a
//! transaction that waits for anything else, and what it should have written is lost.

use super::Source;

/// What opens one.
const OPENS: &str = ".transaction(";
/// What closes the task that one is opened in.
const CLOSES: &str = "})";
/// What may be awaited meanwhile.
const AWAITED: [&str; 2] = ["Request::answers(", "transaction.commit().await"];

/// One message per line that awaits something else.
pub(super) fn check(source: &Source) -> Vec<String> {
    let mut broken = Vec::new();
    if !source.path.starts_with("src/client/vault/idb/") {
        return broken;
    }
    let mut open = false;
    for (at, line) in source.text.lines().enumerate() {
        open = (open || line.contains(OPENS)) && !line.trim_start().starts_with(CLOSES);
        if open && line.contains(".await") && !AWAITED.iter().any(|may| line.contains(may)) {
            let place = format!("{}:{}", source.path, at + 1);
            broken.push(format!("{place}: nothing but its requests is awaited in a transaction"));
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    fn broken(line: &str) -> usize {
        let text = format!(
            "self.with(async |database| {{\n    let transaction = database.transaction(names);\n    \
             {line}\n    transaction.commit().await\n}})\n.await\n"
        );
        let check = |path: &str| check(&Source { path: path.to_owned(), text: text.clone() }).len();
        assert_eq!(check("src/client/state/loading.rs"), 0);
        check("src/client/vault/idb/mod.rs")
    }

    #[test]
    fn what_else_is_awaited_is_found() {
        assert_eq!(broken("Request::answers(requests).await?;"), 0);
        assert_eq!(broken("clock::sleep(0).await;"), 1);
    }
}
