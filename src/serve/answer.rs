//! From a request and a generation to a reply: exact keys of a map, nothing else.

use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::http::{Request, Status};
use super::overlay::{self, Overlay};
use super::page;
use super::site::Generation;

/// What every reply says: nothing is guessed, nothing is for another site, everything is asked again.
const ALWAYS: &str = "X-Content-Type-Options: nosniff\r\n\
Cross-Origin-Resource-Policy: same-origin\r\n\
X-Frame-Options: SAMEORIGIN\r\n\
Referrer-Policy: same-origin\r\n\
Cache-Control: no-cache\r\n";

const HTML: &str = "text/html; charset=utf-8";

/// The server's own files.
const OWN: [(&str, &str, &[u8]); 2] = [
    ("/__okrbook/reload.js", "text/javascript; charset=utf-8", include_bytes!("reload.js")),
    ("/__okrbook/overlay.css", "text/css; charset=utf-8", include_bytes!("overlay.css")),
];

/// How a request is answered.
#[derive(Debug)]
pub(super) enum Answer {
    /// With this.
    Reply(Reply),
    /// With events, for as long as the client stays.
    Events,
}

#[derive(Clone, Debug)]
enum Body {
    Shared(Arc<[u8]>),
    Own(Vec<u8>),
}

/// A reply.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    status: Status,
    kind: &'static str,
    etag: Option<String>,
    location: Option<String>,
    body: Body,
}

impl Reply {
    /// A status, and a line of text.
    pub(super) fn plain(status: Status, text: &str) -> Self {
        let body = Body::Own(format!("{text}\n").into_bytes());
        Self { status, kind: "text/plain; charset=utf-8", etag: None, location: None, body }
    }

    /// A file; nothing of it where the client has the same already.
    fn file(status: Status, kind: &'static str, etag: String, body: Body, request: &Request) -> Self {
        let has = |tag: &str| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag;
        let same = status == Status::OK
            && request.all("if-none-match").flat_map(|tags| tags.split(',')).any(|tag| has(tag.trim()));
        let (status, body) =
            if same { (Status::NOT_MODIFIED, Body::Own(Vec::new())) } else { (status, body) };
        Self { status, kind, etag: Some(etag), location: None, body }
    }

    fn elsewhere(location: String) -> Self {
        let reply = Self::plain(Status::ELSEWHERE, &location);
        Self { location: Some(location), ..reply }
    }

    /// Its status.
    #[cfg(test)]
    pub(super) fn status(&self) -> Status {
        self.status
    }

    /// Its body.
    pub(super) fn body(&self) -> &[u8] {
        match &self.body {
            Body::Shared(bytes) => bytes,
            Body::Own(bytes) => bytes,
        }
    }

    /// Its line and headers, with the empty line at their end.
    pub(super) fn head(&self, keep: bool) -> String {
        let mut head = format!("HTTP/1.1 {} {}\r\n{ALWAYS}", self.status.0, self.status.reason());
        if self.status != Status::NOT_MODIFIED {
            let length = self.body().len();
            head.push_str(&format!("Content-Type: {}\r\nContent-Length: {length}\r\n", self.kind));
        }
        if let Some(etag) = &self.etag {
            head.push_str(&format!("ETag: {etag}\r\n"));
        }
        if let Some(location) = &self.location {
            head.push_str(&format!("Location: {location}\r\n"));
        }
        if self.status == Status::METHOD_NOT_ALLOWED {
            head.push_str("Allow: GET, HEAD\r\n");
        }
        head.push_str(if keep { "Connection: keep-alive\r\n\r\n" } else { "Connection: close\r\n\r\n" });
        head
    }
}

/// The answer to a request that may be answered.
pub(super) fn to(request: &Request, generation: &Generation) -> Answer {
    if !request.allowed {
        let status = Status::METHOD_NOT_ALLOWED;
        return Answer::Reply(Reply::plain(status, "only GET and HEAD"));
    }
    if request.path == "/__okrbook/events" {
        return match request.head {
            true => Answer::Reply(Reply { kind: "text/event-stream", ..Reply::plain(Status::OK, "") }),
            false => Answer::Events,
        };
    }
    if let Some((_, kind, bytes)) = OWN.into_iter().find(|(path, _, _)| *path == request.path) {
        let body = Body::Own(bytes.to_vec());
        return Answer::Reply(Reply::file(Status::OK, kind, etag(bytes), body, request));
    }
    Answer::Reply(of_site(request, generation))
}

fn of_site(request: &Request, generation: &Generation) -> Reply {
    let Some(mut key) = decoded(&request.path) else {
        return Reply::plain(Status::BAD_REQUEST, Status::BAD_REQUEST.reason());
    };
    let shelf = &generation.shelf;
    if key.is_empty() || key.ends_with('/') {
        key.push_str("index.html");
    } else if shelf.has(&format!("{key}/index.html")) && !shelf.has(&key) {
        return Reply::elsewhere(format!("{}/", request.path));
    }
    if shelf.leaves_out(&key) {
        let text = "this file is too large for the preview; a build copies it";
        return Reply::plain(Status::UNAVAILABLE, text);
    }
    let (status, key) = match shelf.has(&key) {
        true => (Status::OK, key.as_str()),
        false => (Status::NOT_FOUND, "404.html"),
    };
    match shelf.get(key) {
        Ok(Some(file)) if file.made && key.ends_with(".html") => {
            shown(status, &file.bytes, generation.number, generation.overlay.as_deref(), request)
        }
        Ok(Some(file)) => {
            let body = Body::Shared(Arc::clone(&file.bytes));
            Reply::file(status, kind(key), etag(&file.bytes), body, request)
        }
        Ok(None) if shelf.is_empty() => {
            let overlay = generation.overlay.as_deref();
            shown(Status::UNAVAILABLE, page::NOTHING.as_bytes(), generation.number, overlay, request)
        }
        Ok(None) => Reply::plain(Status::NOT_FOUND, Status::NOT_FOUND.reason()),
        Err(finding) => {
            let overlay = overlay::of_page(&finding);
            shown(Status::FAILED, page::BROKEN.as_bytes(), generation.number, Some(&overlay), request)
        }
    }
}

/// A page, with what a preview adds to it.
fn shown(status: Status, html: &[u8], number: u64, overlay: Option<&Overlay>, request: &Request) -> Reply {
    let page = page::dressed(html, number, overlay);
    Reply::file(status, HTML, page.etag, Body::Own(page.html), request)
}

fn etag(bytes: &[u8]) -> String {
    format!("\"{:016x}\"", xxh3_64(bytes))
}

/// The key of a path: what follows its first `/`, with what is written with per cent signs in its place.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.strip_prefix('/')?.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// What a file is, by its ending.
fn kind(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "xml" => "application/xml",
        "ics" => "text/calendar; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "toml" | "yaml" | "yml" | "log" | "md" => "text/plain; charset=utf-8",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "wasm" => "application/wasm",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_key_or_nothing() {
        assert_eq!(decoded("/a/b%20c/%C3%A9.html").as_deref(), Some("a/b c/é.html"));
        assert_eq!(decoded("/").as_deref(), Some(""));
        for path in ["a", "/%", "/%2", "/%zz", "/%ff", "/%+1"] {
            assert_eq!(decoded(path), None, "{path}");
        }
    }
}
