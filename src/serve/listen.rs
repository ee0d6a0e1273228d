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

/// So many connections at once; fewer than the files that any system lets a program open.
const MOST: usize = 192;
/// So many of them may wait for events, so that pages can be had however many tabs are open.
const MOST_WAITING: usize = 128;
/// A client that takes nothing for this long is left.
const WRITING: Duration = Duration::from_secs(10);

/// Answers connections for as long as the program runs.
pub(super) fn serve(listener: &TcpListener, live: &Arc<Live>, guard: &Guard) {
    let (open, waiting) = (Arc::default(), Arc::default());
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // out of descriptors, say: another try at once would fail as well
            std::thread::sleep(Duration::from_millis(50));
            continue;
        };
        let (live, guard, slot) = (Arc::clone(live), guard.clone(), Slot::take(&open, MOST));
        let waiting = Arc::clone(&waiting);
        let thread = std::thread::Builder::new().name("connection".to_owned());
        // a thread that cannot be had closes the connection
        let _ = thread.spawn(move || {
            let _ = talk(stream, &live, &guard, &waiting, slot.is_some());
            drop(slot);
        });
    }
}

/// One of so many; given back when it ends, however it ends.
struct Slot {
    taken: Arc<AtomicUsize>,
}

impl Slot {
    /// None where all are taken.
    fn take(taken: &Arc<AtomicUsize>, most: usize) -> Option<Self> {
        let one = |number: usize| (number < most).then_some(number + 1);
        taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one).ok()?;
        Some(Self { taken: Arc::clone(taken) })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.taken.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Speaks with a client until one of both has enough.
fn talk(
    stream: TcpStream,
    live: &Live,
    guard: &Guard,
    waiting: &Arc<AtomicUsize>,
    has_slot: bool,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(WRITING))?;
    let local = stream.local_addr()?.ip();
    let mut connection = Connection::new(stream);
    let too_many = |what: &str| Reply::plain(Status::UNAVAILABLE, &format!("too many {what}"));
    if !has_slot {
        return connection.send(&too_many("connections"), false, false);
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
            Answer::Events => {
                let Some(_slot) = Slot::take(waiting, MOST_WAITING) else {
                    connection.send(&too_many("tabs"), false, false)?;
                    return connection.finish();
                };
                return events::stream(connection.into_stream(), live);
            }
        }
    }
}
