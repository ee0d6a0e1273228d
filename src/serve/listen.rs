//! Connections: one thread each, limited in number and in time.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::answer::{self, Answer, Reply};
use super::events;
use super::guard::Guard;
use super::http::{Connection, Status};
use super::site::Live;

/// So many connections at once.
const MOST: usize = 256;
/// A client that takes nothing for this long is left.
const WRITING: Duration = Duration::from_secs(10);

/// Answers connections for as long as the program runs.
pub(super) fn serve(listener: &TcpListener, live: &Arc<Live>, guard: &Guard) {
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // out of descriptors, say: another try at once would fail as well
            std::thread::sleep(Duration::from_millis(50));
            continue;
        };
        let (live, guard, slot) = (Arc::clone(live), guard.clone(), Slot::take(&open));
        let thread = std::thread::Builder::new().name("connection".to_owned());
        // a thread that cannot be had closes the connection
        let _ = thread.spawn(move || {
            let _ = talk(stream, &live, &guard, slot.is_one_too_many());
        });
    }
}

/// One of the connections; given back when it ends, however it ends.
struct Slot {
    open: Arc<AtomicUsize>,
    number: usize,
}

impl Slot {
    fn take(open: &Arc<AtomicUsize>) -> Self {
        let number = open.fetch_add(1, Ordering::Relaxed);
        Self { open: Arc::clone(open), number }
    }

    fn is_one_too_many(&self) -> bool {
        self.number >= MOST
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Speaks with a client until one of both has enough.
fn talk(stream: TcpStream, live: &Live, guard: &Guard, full: bool) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(WRITING))?;
    let local = stream.local_addr()?.ip();
    let mut connection = Connection::new(stream);
    if full {
        return connection.send(&Reply::plain(Status::UNAVAILABLE, "too many connections"), false, false);
    }
    loop {
        let request = match connection.request() {
            Ok(Some(request)) => request,
            Ok(None) => return Ok(()),
            Err(status) => {
                connection.send(&Reply::plain(status, status.reason()), false, false)?;
                return connection.finish();
            }
        };
        let answer = match guard.refuses(&request, local) {
            Some(reply) => Answer::Reply(reply),
            None => answer::to(&request, &live.now()),
        };
        match answer {
            Answer::Reply(reply) => {
                connection.send(&reply, request.head, request.keep)?;
                if !request.keep {
                    return connection.finish();
                }
            }
            Answer::Events => return events::stream(connection.into_stream(), live),
        }
    }
}
