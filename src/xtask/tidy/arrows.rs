//! Who may import whom: the arrows that crate boundaries alone do not enforce.

use super::sources::Source;

/// In files below `within` (and not below `except`), no line of code may hold one of `banned`.
struct Arrow {
    within: &'static str,
    except: &'static [&'static str],
    banned: &'static [&'static str],
    reason: &'static str,
}

const ARROWS: &[Arrow] = &[
    Arrow {
        within: "src/domain/",
        // What packs the forms runs when the program is built.
        except: &["src/domain/build.rs"],
        banned: &[
            "async fn",
            "SystemTime",
            "Instant::",
            "std::fs",
            "std::net",
            "std::env::",
            "std::thread",
            "getrandom",
            "OsRng",
            "js_sys",
            "web_sys",
            "tokio",
        ],
        reason: "the domain waits for nothing, reads no clock, draws no random number",
    },
    Arrow {
        within: "src/domain/",
        except: &[],
        banned: &["HashMap", "HashSet"],
        reason: "the domain's order must not depend on a seed: BTreeMap, BTreeSet",
    },
    Arrow {
        within: "src/client/",
        except: &["src/client/vault/"],
        banned: &["indexed_db_futures"],
        reason: "only the vault knows IndexedDB",
    },
    Arrow {
        within: "src/client/",
        except: &["src/client/browser/", "src/client/vault/"],
        banned: &["web_sys::", "js_sys::", "wasm_bindgen::", "wasm_bindgen_futures::", "gloo_"],
        reason: "only `browser` knows the browser (event types excepted)",
    },
    Arrow {
        within: "src/client/ui/",
        // The renderer of forms shows the documents of `domain::forms`.
        except: &["src/client/ui/form/"],
        banned: &["domain::"],
        reason: "`ui` knows leptos alone, and its renderer of forms the forms",
    },
    Arrow {
        within: "src/client/ui/",
        except: &[],
        banned: &["crate::state", "crate::vault", "crate::sync", "crate::browser", "crate::pages"],
        reason: "`ui` knows leptos alone",
    },
    Arrow {
        within: "src/client/pages/",
        except: &[],
        banned: &["crate::vault", "crate::sync", "crate::browser"],
        reason: "pages know `ui` and `state`",
    },
    Arrow {
        within: "src/client/state/",
        except: &[],
        banned: &["crate::pages", "crate::ui"],
        reason: "state knows vault, sync and browser, and nothing that is shown",
    },
    Arrow {
        within: "src/client/vault/",
        except: &[],
        banned: &["crate::pages", "crate::ui", "crate::state", "crate::sync"],
        reason: "the vault knows the domain and the browser alone",
    },
    Arrow {
        within: "src/client/sync/",
        except: &[],
        banned: &["crate::pages", "crate::ui", "crate::state"],
        reason: "sync knows the domain, the vault and the browser alone",
    },
    Arrow {
        within: "src/client/browser/",
        except: &[],
        banned: &["crate::pages", "crate::ui", "crate::state", "crate::sync", "crate::vault"],
        reason: "`browser` knows nothing of the app",
    },
    Arrow {
        within: "src/client/",
        except: &[],
        banned: &["inner_html", "set_inner_html", "outer_html"],
        reason: "markup is made by views alone",
    },
    Arrow {
        within: "src/server/",
        except: &["src/server/ledger/sqlite", "src/server/ledger/postgres"],
        banned: &["sqlx::"],
        reason: "only the ledgers know SQL",
    },
    Arrow {
        within: "src/server/",
        except: &["src/server/http"],
        banned: &["axum::", "tower_http::"],
        reason: "only `http` knows axum",
    },
    Arrow {
        within: "src/server/service",
        except: &[],
        banned: &["crate::http"],
        reason: "a service does not know who asks",
    },
    Arrow {
        within: "src/server/ledger",
        except: &[],
        banned: &["crate::http", "crate::service"],
        reason: "the ledger does not know who asks",
    },
    Arrow {
        within: "src/server/",
        except: &[],
        banned: &["client::"],
        reason: "server and client meet in the domain only",
    },
    Arrow {
        within: "tests/",
        except: &["tests/e2e/"],
        banned: &["use client", "client::"],
        reason: "the client is tested in a browser, or by its own tests",
    },
];

/// Every line of the file that goes against an arrow.
pub(super) fn check(source: &Source) -> Vec<String> {
    if !source.is("rs") {
        return Vec::new();
    }
    let concerned = ARROWS.iter().filter(|arrow| {
        source.path.starts_with(arrow.within)
            && !arrow.except.iter().any(|except| source.path.starts_with(except))
    });
    concerned.flat_map(|arrow| source.places(|line| breaks(line, arrow), arrow.reason)).collect()
}

fn breaks(line: &str, arrow: &Arrow) -> bool {
    let code = line.trim_start();
    !code.starts_with("//")
        && !names_event_type(code)
        && arrow.banned.iter().any(|banned| holds_word(code, banned))
}

/// `tokio` in `tokio_like` or `client::` in `http_client::` is another word.
fn holds_word(code: &str, banned: &str) -> bool {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    code.match_indices(banned).any(|(at, _)| {
        let before = code[..at].chars().next_back().is_some_and(is_name);
        let open = banned.ends_with([':', '_']);
        let after = code[at + banned.len()..].chars().next().is_some_and(is_name);
        !before && (open || !after)
    })
}

/// Handlers of views take `web_sys::KeyboardEvent` and the like.
fn names_event_type(code: &str) -> bool {
    let mut types = code.match_indices("web_sys::").map(|(at, found)| {
        let rest = &code[at + found.len()..];
        rest.split(|character: char| !character.is_alphanumeric()).next().unwrap_or("")
    });
    code.contains("web_sys::") && types.all(|name| name.ends_with("Event"))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::sources::Source;

    fn broken(path: &str, text: &str) -> usize {
        check(&Source { path: path.to_owned(), text: text.to_owned() }).len()
    }

    #[test]
    fn the_domain_is_pure() {
        assert_eq!(broken("src/domain/merge.rs", "use std::collections::HashMap;"), 1);
        assert_eq!(broken("src/domain/merge.rs", "pub async fn wait() {}"), 1);
        assert_eq!(broken("src/domain/merge.rs", "// A HashMap would depend on a seed."), 0);
        assert_eq!(broken("src/domain/merge.rs", "use std::collections::BTreeMap;"), 0);
    }

    #[test]
    fn only_browser_knows_the_browser() {
        assert_eq!(broken("src/client/app.rs", "let w = web_sys::window();"), 1);
        assert_eq!(broken("src/client/browser/clock.rs", "let w = web_sys::window();"), 0);
        assert_eq!(broken("src/client/pages/visit.rs", "move |e: web_sys::KeyboardEvent| {}"), 0);
        assert_eq!(broken("src/client/pages/visit.rs", "use crate::vault::Vault;"), 1);
        assert_eq!(broken("src/client/ui/button.rs", "use domain::ids::RecordId;"), 1);
    }

    #[test]
    fn only_ledgers_know_sql_and_only_http_knows_axum() {
        assert_eq!(broken("src/server/service/push.rs", "use sqlx::Row;"), 1);
        assert_eq!(broken("src/server/ledger/sqlite/mod.rs", "use sqlx::Row;"), 0);
        assert_eq!(broken("src/server/main.rs", "axum::serve(listener, app)"), 1);
        assert_eq!(broken("src/server/http/router.rs", "use axum::Router;"), 0);
        assert_eq!(broken("src/server/main.rs", "let it = http_client::new();"), 0);
    }
}
