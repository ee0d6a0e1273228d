//! Who is answered: names of this machine, and no other site.
//!
//! A site on the web can make a browser ask here. Its own name may even lead here, once it has been
//! resolved anew; the Host that the browser sends is then still that name, and is refused. Where a script
//! of another site asks, the browser says so in Origin. Where it loads something without one (pictures,
//! scripts, frames), today's browsers say so in Sec-Fetch-Site; only a link may lead here from elsewhere. What an
//! older browser lets through no site can read: every reply says that it is for its own origin only.

use std::net::IpAddr;

use super::answer::Reply;
use super::http::{Request, Status};

/// The names that are answered.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    names: Vec<String>,
    /// Whether it listens on every address of this machine, each of which is a name then.
    everywhere: bool,
}

impl Guard {
    /// Those of this machine, and what it was told to listen on.
    pub(super) fn new(host: &str) -> Self {
        let host = host.to_ascii_lowercase();
        let plain = host.trim_start_matches('[').trim_end_matches(']');
        let everywhere = plain.parse().is_ok_and(|ip: IpAddr| ip.is_unspecified());
        let own = if plain.contains(':') { format!("[{plain}]") } else { plain.to_owned() };
        let names = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).into_iter().chain([own]).collect();
        Self { names, everywhere }
    }

    /// Why a request that came to the address `local` is not answered; none if it is.
    pub(super) fn refuses(&self, request: &Request, local: IpAddr) -> Option<Reply> {
        let plain = |status: Status| Some(Reply::plain(status, status.reason()));
        let (host, origin) = match (request.only("host"), request.only("origin")) {
            (Ok(host), Ok(origin)) => (host, origin),
            (Err(status), _) | (_, Err(status)) => return plain(status),
        };
        let Some(host) = host else { return plain(Status::BAD_REQUEST) };
        if !self.knows(host, local) {
            let text = "this preview answers to localhost, 127.0.0.1, [::1] and what --host names";
            return Some(Reply::plain(Status::FORBIDDEN, text));
        }
        let foreign = |origin: &str| !origin.eq_ignore_ascii_case(&format!("http://{host}"));
        if origin.is_some_and(foreign) || is_loaded_elsewhere(request) {
            return Some(Reply::plain(Status::FORBIDDEN, "this preview does not answer other sites"));
        }
        None
    }

    fn knows(&self, host: &str, local: IpAddr) -> bool {
        let Some(name) = without_port(host) else { return false };
        let name = name.to_ascii_lowercase();
        let here = match local {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => ip.to_ipv4_mapped().map_or(format!("[{ip}]"), |ip| ip.to_string()),
        };
        self.names.contains(&name) || (self.everywhere && name == here)
    }
}

/// Whether a page of another site, on this machine or not, loads it for itself.
fn is_loaded_elsewhere(request: &Request) -> bool {
    let has = |name: &str, wanted: &[&str]| request.all(name).any(|value| wanted.contains(&value));
    has("sec-fetch-site", &["cross-site", "same-site"]) && !has("sec-fetch-dest", &["document"])
}

/// The name of a host without its port; none where the port is no number.
fn without_port(host: &str) -> Option<&str> {
    let end = if host.starts_with('[') { host.find(']')? + 1 } else { host.find(':').unwrap_or(host.len()) };
    let (name, port) = host.split_at(end);
    match port.strip_prefix(':') {
        Some(digits) if digits.parse::<u16>().is_ok() => Some(name),
        None if port.is_empty() => Some(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(guard: &Guard, headers: &str) -> Option<u16> {
        let request = Request::parse(format!("GET / HTTP/1.1{headers}").as_bytes()).unwrap();
        guard.refuses(&request, "192.168.1.9".parse().unwrap()).map(|reply| reply.status().0)
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let guard = Guard::new("Box.local");
        for host in ["localhost", "LOCALHOST:3000", "127.0.0.1:1", "[::1]:3000", "[::1]", "box.local:80"] {
            assert_eq!(refused(&guard, &format!("\r\nHost: {host}")), None, "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil.example:127.0.0.1",
            "localhost:x",
            "localhost@evil.example",
            "192.168.1.9",
            "127.0.0.2",
            "0.0.0.0",
            "[::1",
            "[::1]x",
            "",
        ] {
            assert_eq!(refused(&guard, &format!("\r\nHost: {host}")), Some(403), "{host}");
        }
        assert_eq!(refused(&guard, ""), Some(400));
        assert_eq!(refused(&guard, "\r\nHost: localhost\r\nHost: localhost"), Some(400));
    }

    #[test]
    fn on_all_addresses_the_one_that_was_asked_is_a_name() {
        let guard = Guard::new("0.0.0.0");
        assert_eq!(refused(&guard, "\r\nHost: 192.168.1.9:3000"), None);
        assert_eq!(refused(&guard, "\r\nHost: 192.168.1.8:3000"), Some(403));
        assert_eq!(refused(&guard, "\r\nHost: evil.example"), Some(403));
    }

    #[test]
    fn other_sites_are_not_answered() {
        let guard = Guard::new("127.0.0.1");
        let with = |origin: &str| refused(&guard, &format!("\r\nHost: 127.0.0.1:3000\r\nOrigin: {origin}"));
        assert_eq!(with("http://127.0.0.1:3000"), None);
        for origin in ["null", "http://evil.example", "https://127.0.0.1:3000", "http://127.0.0.1:5173", ""] {
            assert_eq!(with(origin), Some(403), "{origin}");
        }
    }

    #[test]
    fn other_sites_may_link_here_and_no_more() {
        let guard = Guard::new("127.0.0.1");
        let with = |site: &str, dest: &str| {
            let headers = format!("\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: {site}\r\nSec-Fetch-Dest: {dest}");
            refused(&guard, &headers)
        };
        for site in ["cross-site", "same-site"] {
            assert_eq!(with(site, "document"), None, "{site}");
            for dest in ["script", "image", "iframe", "empty", "style"] {
                assert_eq!(with(site, dest), Some(403), "{site} {dest}");
            }
        }
        for site in ["same-origin", "none"] {
            assert_eq!(with(site, "script"), None, "{site}");
        }
    }
}
