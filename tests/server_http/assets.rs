//! The app's files, and the headers on everything.

use server::http::Settings;
use tests::server::{Client, Response, Running, TestFolder, patient};

const HASHED: &str = "/client-0123456789abcdef.js";
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; \
    require-trusted-types-for 'script'; trusted-types default";

fn start() -> (TestFolder, Running, Client) {
    let folder = TestFolder::new();
    let assets = folder.join("assets");
    std::fs::create_dir_all(assets.join("icons")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(assets.join(name), text).unwrap();
    write("index.html", "<title>Perron</title>");
    write("sw.js", "// worker");
    write(&HASHED[1..], "plain");
    write(&format!("{}.br", &HASHED[1..]), "as if brotli");
    write("icons/icon.svg", "<svg/>");
    std::fs::write(folder.join("secret.txt"), "outside").unwrap();
    let settings = Settings { assets: Some(assets), ..patient() };
    let server = Running::start(&folder.join("data"), settings);
    let client = Client::new(server.address);
    (folder, server, client)
}

fn get(client: &Client, path: &str, headers: &[(&str, &str)]) -> Response {
    client.send("GET", path, headers, &[]).unwrap()
}

#[test]
fn pages_are_the_apps_and_missing_files_are_missing() {
    let (_folder, _server, client) = start();
    for path in ["/", "/index.html", "/setup", "/join", "/visits/new", "/icons"] {
        let page = get(&client, path, &[]);
        assert_eq!(
            (page.status, page.body.as_slice()),
            (200, &b"<title>Perron</title>"[..]),
            "{path}"
        );
        assert_eq!(page.header("content-type"), Some("text/html"), "{path}");
    }
    let missing = ["/gone-0123456789abcdef.js", "/icons/gone.png", "/a.wasm", "/../secret.txt"];
    for path in missing.into_iter().chain(["/%2e%2e/secret.txt", "/..%2fsecret.txt", "/api"]) {
        assert_eq!(get(&client, path, &[]).status, 404, "{path}");
    }
    assert_eq!(get(&client, "/icons/icon.svg", &[]).body, b"<svg/>");
}

#[test]
fn hashed_names_are_kept_and_the_others_asked_for() {
    let (folder, _server, client) = start();
    let kept = get(&client, HASHED, &[]);
    assert_eq!(kept.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert_eq!((kept.body.as_slice(), kept.header("content-encoding")), (&b"plain"[..], None));
    for path in ["/", "/sw.js", "/setup", "/icons/icon.svg"] {
        let first = get(&client, path, &[]);
        assert_eq!(first.header("cache-control"), Some("no-cache"), "{path}");
        let tag = first.header("etag").unwrap();
        let again = get(&client, path, &[("if-none-match", tag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(get(&client, path, &[("if-none-match", "\"other\"")]).status, 200);
    }
    let tag = get(&client, "/sw.js", &[]).header("etag").unwrap().to_owned();
    std::fs::write(folder.join("assets/sw.js"), "// wirker").unwrap();
    assert_eq!(get(&client, "/sw.js", &[("if-none-match", &tag)]).status, 200);
}

#[test]
fn compressed_copies_are_served_to_who_takes_them() {
    let (_folder, server, _client) = start();
    let request = format!(
        "GET {HASHED} HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip, br\r\nconnection: close\r\n\r\n"
    );
    let mut stream = std::net::TcpStream::connect(server.address).unwrap();
    std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut stream, &mut text).unwrap();
    assert!(text.contains("content-encoding: br\r\n") && text.ends_with("as if brotli"), "{text}");
    assert!(text.contains("content-type: text/javascript\r\n"), "{text}");
    assert!(text.to_lowercase().contains("vary: accept-encoding"), "{text}");
}

#[test]
fn every_response_carries_the_headers() {
    let (_folder, _server, client) = start();
    for path in ["/", HASHED, "/gone.js", "/healthz", "/api/v1/push", "/api/v1/gone"] {
        let response = get(&client, path, &[]);
        assert_eq!(response.header("content-security-policy"), Some(POLICY), "{path}");
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(response.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(response.header("cross-origin-opener-policy"), Some("same-origin"));
        assert_eq!(response.header("cross-origin-resource-policy"), Some("same-origin"));
        assert!(response.header("strict-transport-security").is_some());
        assert!(response.header("permissions-policy").unwrap().contains("camera=(self)"));
        assert!(response.header("access-control-allow-origin").is_none());
        assert!(response.header("server").is_none());
    }
}
