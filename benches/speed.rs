//! What a build costs, beside copying what it wrote: `cargo bench`, or `cargo bench -- 1000 10000`.
//!
//! Machines differ and are noisy, so that everything is measured in one run and said as ratios. The
//! folder is `OKRBOOK_BENCH_DIR`, else the system's for temporary files; best a file system in memory.
//! `OKRBOOK_BENCH_WRITE=DIR cargo bench -- 1000` only writes the handbook, to look at or to profile. What a search
//! costs on the site of one is measured by `tests/browser/weigh.mjs`.
#![allow(missing_docs, clippy::print_stdout, reason = "a program of its own, which nobody documents")]
#![expect(clippy::disallowed_methods, reason = "it measures: files, processes and the clock")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

mod handbook;

/// Runs of each thing; the median counts.
const RUNS: usize = 5;

fn main() {
    if let Some(folder) = std::env::var_os("OKRBOOK_BENCH_WRITE") {
        let size = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000);
        println!(
            "{} documents in {}",
            handbook::write(Path::new(&folder), size),
            Path::new(&folder).display()
        );
        return;
    }
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000] } else { sizes };
    let base = std::env::var_os("OKRBOOK_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("{cores} cores, {} runs each, medians; in {}", RUNS, base.display());
    println!(
        "| documents | files | build | cp -r | build / cp | unchanged / build | check / build | per document |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for size in sizes {
        measure(&base, size);
    }
}

fn measure(base: &Path, size: usize) {
    let folder = base.join(format!("okrbook-bench-{size}-{}", std::process::id()));
    let documents = handbook::write(&folder, size);
    let site = folder.join("site");
    let copy = folder.join("copy");
    let mut builds = Vec::new();
    let mut copies = Vec::new();
    let mut again = Vec::new();
    let mut checks = Vec::new();
    for _ in 0..RUNS {
        let _ = std::fs::remove_dir_all(&site);
        let _ = std::fs::remove_dir_all(&copy);
        builds.push(time(&mut okrbook(&folder, &["build"])));
        copies.push(time(Command::new("cp").arg("-r").arg(&site).arg(&copy)));
        again.push(time(&mut okrbook(&folder, &["build"])));
        checks.push(time(&mut okrbook(&folder, &["check"])));
    }
    let (build, copy_time, again, check) = (median(builds), median(copies), median(again), median(checks));
    println!(
        "| {documents} | {} | {:.2} s | {:.2} s | {:.1} | {:.2} | {:.2} | {:.3} ms |",
        count(&site),
        build.as_secs_f64(),
        copy_time.as_secs_f64(),
        build.as_secs_f64() / copy_time.as_secs_f64(),
        again.as_secs_f64() / build.as_secs_f64(),
        check.as_secs_f64() / build.as_secs_f64(),
        build.as_secs_f64() * 1000.0 / documents as f64,
    );
    let _ = std::fs::remove_dir_all(&folder);
}

fn okrbook(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_okrbook"));
    command.args(arguments).args(["--date", handbook::DATE, "--book"]).arg(folder);
    command
}

fn time(command: &mut Command) -> Duration {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("the program starts");
    assert!(status.success(), "{command:?} ended with {status}");
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn count(folder: &Path) -> usize {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .count()
}
