//! Many clients, slow ones and rude ones: the others are answered all the same.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use super::{ONE, PAGE, open, sample};
use crate::preview::{Events, PATIENCE, Preview};

/// More tabs than anyone has.
const MANY: usize = 300;

/// Waits until something is answered, with what comes after the status: who went is noticed in a moment.
fn answers(preview: &Preview, path: &str) -> TcpStream {
    let began = Instant::now();
    let asked = || {
        let mut stream = preview.connect();
        let _ = write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let mut head = [0; 12];
        (stream.read_exact(&mut head).is_ok() && head.ends_with(b" 200")).then_some(stream)
    };
    loop {
        if let Some(stream) = asked() {
            return stream;
        }
        assert!(began.elapsed() < PATIENCE, "it does not answer any more");
    }
}

#[test]
fn hundreds_wait_for_events_and_pages_are_answered() {
    let mut open = open();
    let port = open.preview.port;
    let mut waiting: Vec<_> = (0..MANY)
        .map(|_| {
            let mut stream = open.preview.connect();
            // one that is refused may be closed before all of it is sent
            let _ = write!(stream, "GET /__okrbook/events HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
            stream
        })
        .collect();
    let mut status = |stream: &mut TcpStream| {
        let mut head = [0; 12];
        stream.read_exact(&mut head).ok().map(|()| String::from_utf8_lossy(&head[9..]).into_owned())
    };
    let replies: Vec<Option<String>> = waiting.iter_mut().map(&mut status).collect();
    let of = |wanted: &str| replies.iter().flatten().filter(|status| *status == wanted).count();
    assert!(of("200") > 50, "{replies:?}");
    assert!(of("503") > 50, "{replies:?}");
    // those that are refused go, as a browser would, and come back later
    let mut replies = replies.into_iter();
    waiting.retain(|_| replies.next().flatten().as_deref() == Some("200"));
    answers(&open.preview, PAGE);
    open.book.put(ONE, "# One\n\nFor hundreds.\n");
    open.shows(PAGE, "For hundreds");
    // and when they are gone, others have their places
    waiting.clear();
    let mut events = Events::of(answers(&open.preview, "/__okrbook/events"));
    let first = events.next();
    open.book.put(ONE, "# One\n\nFor one.\n");
    assert!(events.next() > first);
}

#[test]
fn who_asks_letter_by_letter_keeps_nobody_waiting() {
    let book = sample();
    let preview = Preview::of(&book);
    let mut slow: Vec<_> = (0..60).map(|_| preview.connect()).collect();
    for letter in b"GET /guide/one/ HT" {
        for stream in &mut slow {
            stream.write_all(&[*letter]).unwrap();
        }
        assert_eq!(preview.get(PAGE).status, 200);
    }
    // those that end their request are answered after all
    let mut last = slow.pop().unwrap();
    last.write_all(b"TP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut text = String::new();
    last.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 200 OK"), "{text}");
    // and those that never do are told so
    if std::env::var_os("OKRBOOK_HEAVY").is_some() {
        for mut stream in slow {
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            assert!(text.starts_with("HTTP/1.1 408 "), "{text}");
        }
    }
}

/// A film beside the documents, say. It takes no memory, and holds nobody up while it is copied there.
#[test]
fn a_file_that_is_too_large_is_left_out() {
    let mut open = open();
    let path = open.book.path("content/guide/film.mp4");
    let film = std::fs::File::create(&path).unwrap();
    film.set_len(3 << 30).unwrap();
    open.book.put(ONE, "# One\n\nBeside a film.\n");
    open.shows(PAGE, "Beside a film");
    open.is("/guide/film.mp4", 503);
    assert!(open.preview.get("/guide/film.mp4").body.contains("too large for the preview"));
    film.set_len(3).unwrap();
    open.is("/guide/film.mp4", 200);
    film.set_len(3 << 30).unwrap();
    open.is("/guide/film.mp4", 503);
    drop(film);
    std::fs::remove_file(path).unwrap();
    open.is("/guide/film.mp4", 404);
}

#[test]
fn who_leaves_in_the_middle_is_forgotten() {
    let book = sample();
    let preview = Preview::of(&book);
    for round in 0..400 {
        let mut stream = preview.connect();
        let _ = stream.write_all(match round % 3 {
            0 => b"",
            1 => b"GET / HT",
            _ => b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".as_slice(),
        });
    }
    assert_eq!(preview.get(PAGE).status, 200);
}
