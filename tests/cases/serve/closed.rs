//! Who is answered, and with what; nothing leads out of the site.

use std::io::{Read, Write};

use super::{PAGE, sample};
use crate::preview::Preview;
use crate::runner::Book;

#[test]
fn only_get_and_head() {
    let book = sample();
    let preview = Preview::of(&book);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get"] {
        let reply = preview.ask(method, "/", "");
        assert_eq!((reply.status, reply.header("Allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let (get, head) = (preview.get(PAGE), preview.ask("HEAD", PAGE, ""));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("Content-Length"), get.header("Content-Length"));
    assert_eq!(preview.ask("HEAD", "/__okrbook/events", "").status, 200);
}

#[test]
fn every_reply_is_for_this_site_only() {
    let book = sample();
    let preview = Preview::of(&book);
    let paths = ["/", "/none", "/okrs.json", "/guide/dot.bin", "/__okrbook/reload.js", "/__okrbook/none"];
    for path in paths {
        let reply = preview.get(path);
        assert_eq!(reply.header("X-Content-Type-Options"), Some("nosniff"), "{path}");
        assert_eq!(reply.header("Cross-Origin-Resource-Policy"), Some("same-origin"), "{path}");
        assert!(!reply.head.to_lowercase().contains("access-control"), "{path}: {}", reply.head);
    }
}

#[test]
fn hosts_and_origins() {
    let book = sample();
    let preview = Preview::with(&book, &["--host", "127.0.0.1"]);
    let port = preview.port;
    let host = |host: &str| {
        preview.raw(&format!("GET {PAGE} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status
    };
    for known in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(host(known), 200, "{known}");
        assert_eq!(host(&format!("{known}:{port}")), 200, "{known}");
    }
    for other in ["evil.example", "127.0.0.1.evil.example", "localhost.", "127.1", "192.168.1.1", "0.0.0.0"] {
        assert_eq!(host(&format!("{other}:{port}")), 403, "{other}");
    }
    assert_eq!(preview.raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
    for path in ["/", "/okrs.json", "/__okrbook/events", "/__okrbook/reload.js"] {
        for origin in ["http://evil.example", "null", "http://127.0.0.1:1"] {
            assert_eq!(
                preview.ask("GET", path, &format!("\r\nOrigin: {origin}")).status,
                403,
                "{path} {origin}"
            );
        }
    }
    assert_eq!(preview.ask("GET", PAGE, &format!("\r\nOrigin: http://127.0.0.1:{port}")).status, 200);
}

#[test]
fn nothing_leads_out_of_the_site() {
    let book = sample().file("secret.md", "the secret").file("content/_draft.md", "the secret");
    book.put("content/.hidden.md", "the secret");
    let preview = Preview::of(&book);
    for path in [
        "/../secret.md",
        "/../../../../../../etc/passwd",
        "/%2e%2e/secret.md",
        "/%2e%2e%2fsecret.md",
        "/..%2fsecret.md",
        "/..%5csecret.md",
        "/..\\secret.md",
        "/guide/../../secret.md",
        "/guide/..%2f..%2fsecret.md",
        "/%252e%252e/secret.md",
        "/....//secret.md",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/./../secret.md",
        "/guide/one/..;/../secret.md",
        "/secret.md%00.html",
        "/%c0%ae%c0%ae/secret.md",
        "/file:///etc/passwd",
        "/book.toml",
        "/_draft/",
        "/_draft.md",
        "/.hidden.md",
        "/guide/one.md",
    ] {
        let reply = preview.get(path);
        assert!(matches!(reply.status, 400 | 404), "{path}: {}", reply.status);
        assert!(!reply.body.contains("the secret") && !reply.body.contains("root:"), "{path}");
    }
}

#[test]
fn what_is_no_request_is_refused() {
    let book = sample();
    let preview = Preview::of(&book);
    let end = "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(preview.raw("hello\r\n\r\n").status, 400);
    assert_eq!(preview.raw(&format!("GET http://localhost/ HTTP/1.1{end}")).status, 400);
    assert_eq!(preview.raw(&format!("GET / HTTP/1.1\r\nX: {}{end}", "x".repeat(20_000))).status, 431);
    assert_eq!(preview.raw(&format!("GET / HTTP/1.1{}{end}", "\r\na: b".repeat(200))).status, 431);
    // a body is not taken for another request
    let body = "GET /guide/one/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let length = body.len();
    let reply =
        preview.raw(&format!("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{body}"));
    assert_eq!(reply.body.matches("HTTP/1.1 200").count(), 0);
}

#[test]
fn a_connection_is_used_again() {
    let book = sample();
    let preview = Preview::of(&book);
    let mut stream = preview.connect();
    let request = |path: &str, more: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost{more}\r\n\r\n");
    let both = format!("{}{}", request(PAGE, ""), request("/guide/one/", "\r\nConnection: close"));
    stream.write_all(both.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 2);
}

#[test]
fn a_port_that_is_taken_is_named() {
    let book = sample();
    let preview = Preview::of(&book);
    let port = preview.port.to_string();
    book.run(&["serve", "--port", &port]).refuses(&format!("port {port} is taken"));
    Book::empty().run(&["serve", "--port", "0"]).refuses("there is no book.toml");
    book.run(&["serve", "--port", "0", "--editor-url", "javascript:alert(1)"]).refuses("editor");
}
