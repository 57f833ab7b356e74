//! Trunk starts the app by an inline script, which a strict content security policy refuses.

use std::path::Path;

use anyhow::{Result, bail};

/// The file's name before it gets its hash.
const NAME: &str = "start.js";

/// Moves the page's one inline module script into a file of its own and refers to it.
///
/// # Errors
/// When the page has no such script, or any other inline script beside it.
pub(super) fn move_out(page: &mut String, staging: &Path) -> Result<()> {
    let Some(script) = InlineScript::first(page) else {
        bail!("index.html has no inline start script: has Trunk changed how it starts the app?");
    };
    super::write(&staging.join(NAME), script.body.trim_start())?;
    let range = script.start..script.end;
    page.replace_range(range, &format!("<script type=\"module\" src=\"/{NAME}\"></script>"));
    if InlineScript::first(page).is_some() {
        bail!("index.html has a second inline script: the content security policy would refuse it");
    }
    Ok(())
}

struct InlineScript {
    start: usize,
    end: usize,
    body: String,
}

impl InlineScript {
    fn first(page: &str) -> Option<Self> {
        let mut from = 0;
        loop {
            let start = from + page[from..].find("<script")?;
            let open = start + page[start..].find('>')? + 1;
            let close = open + page[open..].find("</script>")?;
            let end = close + "</script>".len();
            if !page[start..open].contains(" src=") {
                return Some(Self { start, end, body: page[open..close].to_owned() });
            }
            from = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::InlineScript;

    #[test]
    fn finds_the_inline_script_and_skips_those_with_a_source() {
        let page = "<script src=\"/boot.js\"></script><p></p><script type=\"module\">go()</script>";
        let script = InlineScript::first(page).unwrap();
        assert_eq!(script.body, "go()");
        assert_eq!(&page[script.start..script.end], "<script type=\"module\">go()</script>");
        assert!(InlineScript::first("<script src=\"/a.js\"></script>").is_none());
    }
}
