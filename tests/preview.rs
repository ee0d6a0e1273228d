//! A running `okrbook serve`, and a client of it that knows no more of HTTP than it needs.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::runner::Book;

/// Whatever has not happened by then does not happen, however busy the machine is.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A running preview, ended when the test ends.
#[derive(Debug)]
pub struct Preview {
    child: Child,
    pub port: u16,
    said: Arc<Mutex<String>>,
}

impl Preview {
    /// That of a book, on any free port.
    pub fn of(book: &Book) -> Self {
        Self::with(book, &[])
    }

    /// With other arguments besides.
    pub fn with(book: &Book, arguments: &[&str]) -> Self {
        let port = if arguments.contains(&"--port") { &[][..] } else { &["--port", "0"][..] };
        let arguments = [&["serve"], port, arguments].concat();
        let mut command = book.command(&arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (mut error, heard) = (child.stderr.take().unwrap(), Arc::clone(&said));
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(more @ 1..) = error.read(&mut chunk) {
                heard.lock().unwrap().push_str(&String::from_utf8_lossy(&chunk[..more]));
            }
        });
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix("/\n"));
        let port = port.unwrap_or_else(|| panic!("{line}{}", said.lock().unwrap()));
        Self { child, port: port.parse().unwrap(), said }
    }

    /// What it has said beside its output.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// How many times it made the site anew, which was at least once: it says so after it has told of it.
    pub fn builds(&self) -> usize {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            match self.said().matches("shown anew after ").count() {
                0 => std::thread::yield_now(),
                builds => return builds,
            }
        }
        0
    }

    /// A page as a browser asks for it.
    pub fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, "")
    }

    /// With more headers, each beginning with a line end.
    pub fn ask(&self, method: &str, path: &str, headers: &str) -> Reply {
        let port = self.port;
        self.raw(&format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close{headers}\r\n\r\n"
        ))
    }

    /// Any bytes, and what comes back until the connection is closed.
    pub fn raw(&self, request: &str) -> Reply {
        let mut stream = self.connect();
        // one that is refused early may be closed before all of it is sent
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Reply::of(&bytes).unwrap_or_else(|| panic!("no reply to {request:?}"))
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The stream of events.
    pub fn events(&self) -> Events {
        let mut stream = self.connect();
        let port = self.port;
        write!(stream, "GET /__okrbook/events HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n").unwrap();
        Events::of(stream)
    }

    /// Waits until something holds that is looked at after every event.
    #[track_caller]
    pub fn until(&self, events: &mut Events, what: &str, holds: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !holds(self) {
            let came = began.elapsed() < PATIENCE && events.wait().is_some();
            assert!(came, "never: {what}\n{}", self.said());
        }
    }

    /// Waits until a page has this in it.
    #[track_caller]
    pub fn until_shows(&self, events: &mut Events, path: &str, text: &str) {
        self.until(events, &format!("{path} shows {text}"), |preview| preview.get(path).body.contains(text));
    }

    /// Waits until a page has this status.
    #[track_caller]
    pub fn until_status(&self, events: &mut Events, path: &str, status: u16) {
        self.until(events, &format!("{path} is {status}"), |preview| preview.get(path).status == status);
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    fn of(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
        let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
        Some(Self { status, head, body: String::from_utf8_lossy(&bytes[end + 4..]).into_owned() })
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The generation that the page says it is of.
    pub fn generation(&self) -> u64 {
        let rest = self.body.split("name=\"okrbook-generation\" content=\"").nth(1).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    }

    /// The page without what the preview adds to its head.
    pub fn bare(&self) -> String {
        let Some(start) = self.body.find("<meta name=\"okrbook-generation\"") else {
            return self.body.clone();
        };
        let end = self.body[start..].find("</script>\n").unwrap() + start + "</script>\n".len();
        format!("{}{}", &self.body[..start], &self.body[end..])
    }
}

/// Events as they come.
#[derive(Debug)]
pub struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// Those of a stream that was asked for.
    pub fn of(stream: TcpStream) -> Self {
        Self { lines: BufReader::new(stream) }
    }

    /// The next number.
    #[track_caller]
    pub fn next(&mut self) -> u64 {
        self.wait().expect("an event comes")
    }

    /// Waits until nothing has happened for a while, which the stream says of itself: what followed on the last
    /// change is over.
    #[track_caller]
    pub fn quiet(&mut self) {
        let mut line = String::new();
        while line != ":\n" {
            line.clear();
            assert_ne!(self.lines.read_line(&mut line).unwrap(), 0, "the stream ended");
        }
    }

    /// The next number, if one comes.
    fn wait(&mut self) -> Option<u64> {
        let began = Instant::now();
        let mut line = String::new();
        let mut named = false;
        while began.elapsed() < PATIENCE {
            line.clear();
            assert_ne!(self.lines.read_line(&mut line).unwrap(), 0, "the stream ended");
            if let Some(number) = line.strip_prefix("data: ") {
                assert!(named, "data without its event");
                return Some(number.trim_end().parse().unwrap());
            }
            named = line == "event: generation\n" || (named && line != "\n");
        }
        None
    }
}
