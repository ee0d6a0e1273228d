//! What a program took: time, processor time and memory, as far as the system tells.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a run took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ran {
    /// By the clock.
    pub(crate) time: Duration,
    /// Of all cores together; only Linux tells.
    pub(crate) processor: Option<Duration>,
    /// The most memory that it held at a time, in KiB; only Linux tells.
    pub(crate) memory: Option<u64>,
}

impl Ran {
    /// Runs a program to its end, which has to be a good one.
    pub(crate) fn of(command: &mut Command) -> Self {
        let start = Instant::now();
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
        let (mut processor, mut memory) = (None, None);
        while !has_ended(&child) {
            memory = peak(&child).max(memory);
            std::thread::sleep(Duration::from_millis(2));
        }
        let time = start.elapsed();
        // it has ended and is not forgotten yet
        processor = times(&child).or(processor);
        let status = child.wait().expect("the program ends");
        assert!(status.success(), "{command:?} ended with {status}");
        Self { time, processor, memory }
    }

    /// The run in the middle, by time.
    pub(crate) fn median(mut runs: Vec<Self>) -> Self {
        runs.sort_by_key(|run| run.time);
        runs[runs.len() / 2]
    }
}

/// The fields of a process that follow its name.
fn stat(child: &Child) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{}/stat", child.id())).ok()?;
    Some(text.rsplit_once(") ")?.1.split(' ').map(str::to_owned).collect())
}

#[cfg(target_os = "linux")]
fn has_ended(child: &Child) -> bool {
    stat(child).is_none_or(|fields| fields[0] == "Z")
}

#[cfg(not(target_os = "linux"))]
fn has_ended(_: &Child) -> bool {
    true
}

/// User and system time, which Linux counts in hundredths of a second.
fn times(child: &Child) -> Option<Duration> {
    let fields = stat(child)?;
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

fn peak(child: &Child) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").trim().parse().ok()
}
