//! HTTP/1.1 as far as a preview needs it: requests without bodies, within limits, and replies.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use super::answer::Reply;

/// The longest request line and headers together.
const LONGEST_HEAD: usize = 16 * 1024;
/// The most headers.
const MOST_HEADERS: usize = 100;
/// A connection on which nothing is asked for this long is closed.
const IDLE: Duration = Duration::from_secs(30);
/// A request that has begun has to be whole by then.
const READING: Duration = Duration::from_secs(5);
/// A client has this long to take the last reply.
const LINGER: Duration = Duration::from_millis(500);

/// A status of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Status(pub(super) u16);

impl Status {
    pub(super) const OK: Self = Self(200);
    pub(super) const ELSEWHERE: Self = Self(307);
    pub(super) const NOT_MODIFIED: Self = Self(304);
    pub(super) const BAD_REQUEST: Self = Self(400);
    pub(super) const FORBIDDEN: Self = Self(403);
    pub(super) const NOT_FOUND: Self = Self(404);
    pub(super) const METHOD_NOT_ALLOWED: Self = Self(405);
    pub(super) const TIMEOUT: Self = Self(408);
    pub(super) const TOO_LARGE: Self = Self(431);
    pub(super) const FAILED: Self = Self(500);
    pub(super) const UNAVAILABLE: Self = Self(503);

    /// What it is called.
    pub(super) fn reason(self) -> &'static str {
        match self.0 {
            200 => "OK",
            304 => "Not Modified",
            307 => "Temporary Redirect",
            400 => "Bad Request",
            403 => "Forbidden",
            404 => "Not Found",
            405 => "Method Not Allowed",
            408 => "Request Timeout",
            431 => "Request Header Fields Too Large",
            500 => "Internal Server Error",
            _ => "Service Unavailable",
        }
    }
}

/// What a client asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// Whether it is GET or HEAD.
    pub(super) allowed: bool,
    /// Whether only the headers are wanted.
    pub(super) head: bool,
    /// The path as it was written, without a query.
    pub(super) path: String,
    /// The headers, their names in lower case.
    headers: Vec<(String, String)>,
    /// Whether the client wants to go on with the same connection.
    pub(super) keep: bool,
}

impl Request {
    /// A header that stands there once; an error if it is there more than once.
    pub(super) fn only(&self, name: &str) -> Result<Option<&str>, Status> {
        let mut all = self.headers.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str());
        match (all.next(), all.next()) {
            (_, Some(_)) => Err(Status::BAD_REQUEST),
            (only, None) => Ok(only),
        }
    }

    /// All values of a header.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Reads a request's line and headers, without the empty line at their end.
    pub(super) fn parse(head: &[u8]) -> Result<Self, Status> {
        let head = std::str::from_utf8(head).map_err(|_| Status::BAD_REQUEST)?;
        let mut lines = head.split("\r\n");
        let mut words = lines.next().unwrap_or_default().split(' ');
        let (Some(method), Some(target), Some(version), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(Status::BAD_REQUEST);
        };
        let is_token = |text: &str| !text.is_empty() && text.bytes().all(is_token_byte);
        let plain = target.starts_with('/') && target.bytes().all(|byte| byte.is_ascii_graphic());
        let known = matches!(version, "HTTP/1.1" | "HTTP/1.0");
        let allowed = matches!(method, "GET" | "HEAD");
        if !is_token(method) || !known || (allowed && !plain) {
            return Err(Status::BAD_REQUEST);
        }
        let mut headers = Vec::new();
        for line in lines {
            let (name, value) = line.split_once(':').ok_or(Status::BAD_REQUEST)?;
            let value = value.trim_matches([' ', '\t']);
            if !is_token(name) || value.bytes().any(|byte| byte != b'\t' && byte.is_ascii_control()) {
                return Err(Status::BAD_REQUEST);
            }
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        if headers.len() > MOST_HEADERS {
            return Err(Status::TOO_LARGE);
        }
        let path = target.split(['?', '#']).next().unwrap_or_default().to_owned();
        let mut request = Self { allowed, head: method == "HEAD", path, headers, keep: false };
        let closes = request.all("connection").any(|value| value.to_ascii_lowercase().contains("close"));
        // what follows a body that is not read would be taken for a request
        let body = request.all("content-length").any(|length| length != "0")
            || request.all("transfer-encoding").next().is_some();
        request.keep = version == "HTTP/1.1" && allowed && !closes && !body;
        Ok(request)
    }
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// A connection to a client.
#[derive(Debug)]
pub(super) struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, read: Vec::new() }
    }

    /// The next request; none where the client has no more.
    pub(super) fn request(&mut self) -> Result<Option<Request>, Status> {
        let began = Instant::now();
        let mut chunk = [0; 4096];
        loop {
            if let Some(end) = self.read.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                if end > LONGEST_HEAD {
                    return Err(Status::TOO_LARGE);
                }
                let request = Request::parse(&self.read[..end]);
                self.read.drain(..end + 4);
                return request.map(Some);
            }
            if self.read.len() > LONGEST_HEAD {
                return Err(Status::TOO_LARGE);
            }
            let limit = if self.read.is_empty() { IDLE } else { READING };
            let Some(left) = limit.checked_sub(began.elapsed()).filter(|left| !left.is_zero()) else {
                return if self.read.is_empty() { Ok(None) } else { Err(Status::TIMEOUT) };
            };
            if self.stream.set_read_timeout(Some(left)).is_err() {
                return Ok(None);
            }
            match self.stream.read(&mut chunk) {
                Ok(0) => return Ok(None),
                Ok(more) => self.read.extend_from_slice(&chunk[..more]),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Ok(None),
            }
        }
    }

    /// Sends a reply, without its body where only the headers are wanted.
    pub(super) fn send(&mut self, reply: &Reply, head: bool, keep: bool) -> io::Result<()> {
        let mut bytes = reply.head(keep).into_bytes();
        if !head {
            bytes.extend_from_slice(reply.body());
        }
        self.stream.write_all(&bytes)
    }

    /// Ends a connection so that the last reply arrives: what the client still sends is taken, for a
    /// moment, because a close with something unread would throw the reply away.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let began = Instant::now();
        self.stream.shutdown(Shutdown::Write)?;
        self.stream.set_read_timeout(Some(LINGER))?;
        let mut chunk = [0; 4096];
        while began.elapsed() < LINGER && self.stream.read(&mut chunk)? > 0 {}
        Ok(())
    }

    /// The stream itself, for what is no reply.
    pub(super) fn into_stream(self) -> TcpStream {
        self.stream
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(head: &str) -> Result<Request, u16> {
        Request::parse(head.as_bytes()).map_err(|status| status.0)
    }

    #[test]
    fn a_request_is_its_line_and_headers() {
        let request = parse("GET /a/b?c#d HTTP/1.1\r\nHost: localhost:1\r\nX:  y \r\nx: z").unwrap();
        assert_eq!((request.path.as_str(), request.head, request.keep), ("/a/b", false, true));
        assert_eq!(request.only("host"), Ok(Some("localhost:1")));
        assert_eq!(request.only("x"), Err(Status::BAD_REQUEST));
        assert_eq!(request.all("x").collect::<Vec<_>>(), ["y", "z"]);
        assert!(parse("HEAD / HTTP/1.0").is_ok_and(|request| request.head && !request.keep));
        assert!(parse("GET / HTTP/1.1\r\nConnection: Close").is_ok_and(|request| !request.keep));
        assert!(parse("GET / HTTP/1.1\r\nContent-Length: 9").is_ok_and(|request| !request.keep));
        assert!(parse("POST / HTTP/1.1").is_ok_and(|request| !request.allowed && !request.keep));
        assert!(parse("OPTIONS * HTTP/1.1").is_ok_and(|request| !request.allowed));
    }

    #[test]
    fn what_is_no_request_is_refused() {
        for head in [
            "",
            "GET /",
            "GET / HTTP/2",
            "GET  / HTTP/1.1",
            "GET /a b HTTP/1.1",
            "GET http://localhost/ HTTP/1.1",
            "GET * HTTP/1.1",
            "GET /\u{e9} HTTP/1.1",
            "G\tT / HTTP/1.1",
            "GET / HTTP/1.1\r\nno colon",
            "GET / HTTP/1.1\r\nHost : x",
            "GET / HTTP/1.1\r\nHost: x\r\n folded: y",
            "GET / HTTP/1.1\r\nX: a\nHost: b",
        ] {
            assert_eq!(parse(head), Err(400), "{head:?}");
        }
        let many = "GET / HTTP/1.1".to_owned() + &"\r\na: b".repeat(MOST_HEADERS + 1);
        assert_eq!(parse(&many), Err(431));
    }
}
