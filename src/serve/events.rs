//! The stream of events: on connecting, and after every change, the number of the generation.

use std::io::{self, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::site::Live;

/// A client that went away is noticed this soon.
const PULSE: Duration = Duration::from_secs(2);

const HEAD: &str = "HTTP/1.1 200 OK\r\n\
Content-Type: text/event-stream\r\n\
Cache-Control: no-store\r\n\
X-Content-Type-Options: nosniff\r\n\
Cross-Origin-Resource-Policy: same-origin\r\n\
Connection: close\r\n\r\n\
retry: 500\n\n";

/// Tells a client every number from now on, until it goes away.
pub(super) fn stream(mut client: TcpStream, live: &Live) -> io::Result<()> {
    let mut number = live.now().number;
    client.write_all(format!("{HEAD}{}", event(number)).as_bytes())?;
    while is_there(&client)? {
        match live.after(number, PULSE) {
            Some(next) => {
                number = next;
                client.write_all(event(number).as_bytes())?;
            }
            None => client.write_all(b":\n\n")?,
        }
    }
    Ok(())
}

/// Whether a client has not closed the connection. One that has would take the first of what is written all
/// the same.
fn is_there(client: &TcpStream) -> io::Result<bool> {
    client.set_nonblocking(true)?;
    let read = client.peek(&mut [0]);
    client.set_nonblocking(false)?;
    Ok(match read {
        Ok(bytes) => bytes > 0,
        Err(error) => error.kind() == io::ErrorKind::WouldBlock,
    })
}

fn event(number: u64) -> String {
    format!("event: generation\ndata: {number}\n\n")
}
