//! What a build costs, beside copying what it wrote and beside a bare program of the same libraries:
//! `cargo bench --bench speed`, or `cargo bench --bench speed -- 1000 10000`; with the word `stages` before the
//! numbers, where the time of a build goes.
//!
//! Machines differ and are noisy, so that everything is measured in one run and said as ratios. The
//! folder is `OKRBOOK_BENCH_DIR`, else the system's for temporary files; best a file system in memory.
//! `OKRBOOK_BENCH_WRITE=DIR cargo bench --bench speed -- 1000` only writes the handbook, and the same for
//! each other generator that is installed, to look at or to profile. What a search costs on the site of one
//! is measured by `tests/browser/weigh.mjs`.
#![allow(missing_docs, clippy::print_stdout, reason = "a program of its own, which nobody documents")]
#![expect(clippy::disallowed_methods, reason = "it measures: files, processes and the clock")]

use std::path::{Path, PathBuf};
use std::process::Command;

mod bare;
mod handbook;
mod peers;
mod ran;
mod stages;

use peers::Peer;
use ran::Ran;

/// Runs of each thing; the median counts.
const RUNS: usize = 5;

/// Runs of another generator, which takes longer.
const PEER_RUNS: usize = 3;

fn main() {
    if let Some(folder) = std::env::var_os("OKRBOOK_BENCH_BARE") {
        let folder = PathBuf::from(folder);
        return bare::run(&folder, &folder.join("bare"));
    }
    if let Some(folder) = std::env::var_os("OKRBOOK_BENCH_WRITE") {
        let size = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000);
        let documents = handbook::write(Path::new(&folder), size);
        println!("{documents} documents in {}", Path::new(&folder).display());
        for peer in Peer::installed() {
            let own = Path::new(&folder).join(peer.name());
            peer.take(Path::new(&folder), &own);
            println!("the same for {} in {}", peer.name(), own.display());
        }
        return;
    }
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000] } else { sizes };
    let base = std::env::var_os("OKRBOOK_BENCH_DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    if std::env::args().any(|argument| argument == "stages") {
        for size in sizes {
            let folder = base.join(format!("okrbook-stages-{size}-{}", std::process::id()));
            stages::measure(&folder, size, RUNS);
            let _ = std::fs::remove_dir_all(&folder);
        }
        return;
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("{cores} cores, {RUNS} runs each, medians; in {}", base.display());
    println!(
        "| documents | files | build | per document | build / cp -r | unchanged / build | check / build | processor | / bare | memory |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for size in sizes {
        measure(&base, size);
    }
}

fn measure(base: &Path, size: usize) {
    let folder = base.join(format!("okrbook-bench-{size}-{}", std::process::id()));
    let documents = handbook::write(&folder, size);
    let (site, copy, bare) = (folder.join("site"), folder.join("copy"), folder.join("bare"));
    let mut runs: [Vec<Ran>; 5] = Default::default();
    for _ in 0..RUNS {
        for old in [&site, &copy, &bare] {
            let _ = std::fs::remove_dir_all(old);
        }
        runs[0].push(Ran::of(&mut okrbook(&folder, &["build"])));
        runs[1].push(Ran::of(Command::new("cp").arg("-r").arg(&site).arg(&copy)));
        runs[2].push(Ran::of(&mut okrbook(&folder, &["build"])));
        runs[3].push(Ran::of(&mut okrbook(&folder, &["check"])));
        let own = std::env::current_exe().expect("a program knows where it is");
        runs[4].push(Ran::of(Command::new(own).env("OKRBOOK_BENCH_BARE", &folder)));
    }
    let files = count(&site);
    let [build, copy, again, check, bare] = runs.map(Ran::median);
    let ratio = |one: Ran, other: Ran| one.time.as_secs_f64() / other.time.as_secs_f64();
    let processor = build.processor.map(|time| time.as_secs_f64());
    let beside = processor.zip(bare.processor).map(|(build, bare)| build / bare.as_secs_f64());
    let told =
        |value: Option<f64>, unit: &str| value.map_or("?".to_owned(), |value| format!("{value:.1}{unit}"));
    println!(
        "| {documents} | {files} | {:.2} s | {:.2} ms | {:.1} | {:.2} | {:.2} | {} | {} | {} |",
        build.time.as_secs_f64(),
        build.time.as_secs_f64() * 1000.0 / documents as f64,
        ratio(build, copy),
        ratio(again, build),
        ratio(check, build),
        told(processor, " s"),
        told(beside, ""),
        told(build.memory.map(|kib| kib as f64 / 1024.0), " MiB"),
    );
    for peer in Peer::installed() {
        beside_peer(peer, &folder, build, pages(&site));
    }
    let _ = std::fs::remove_dir_all(&folder);
}

/// Says what another generator takes for the same documents, and how many times okrbook's processor time a
/// page that is.
fn beside_peer(peer: Peer, handbook: &Path, own: Ran, own_pages: usize) {
    let folder = handbook.join(peer.name());
    let out = folder.join("out");
    peer.take(handbook, &folder);
    let mut runs = Vec::new();
    for _ in 0..PEER_RUNS {
        let _ = std::fs::remove_dir_all(&out);
        runs.push(Ran::of(&mut peer.build(&folder, &out)));
    }
    let ran = Ran::median(runs);
    let theirs = pages(&out);
    let each = |ran: Ran, pages: usize| ran.processor.map(|time| time.as_secs_f64() * 1000.0 / pages as f64);
    let ratio = each(ran, theirs).zip(each(own, own_pages)).map(|(theirs, own)| theirs / own);
    println!(
        "{}: {theirs} pages, {} MB, {:.2} s, {:.2} s of processor, {:.2} ms of it a page (okrbook: {own_pages} pages, {:.2} ms, {:.1} times less), {:.0} MiB",
        peer.name(),
        bytes(&out) / 1_000_000,
        ran.time.as_secs_f64(),
        ran.processor.unwrap_or_default().as_secs_f64(),
        each(ran, theirs).unwrap_or_default(),
        each(own, own_pages).unwrap_or_default(),
        ratio.unwrap_or_default(),
        ran.memory.unwrap_or_default() as f64 / 1024.0,
    );
    let _ = std::fs::remove_dir_all(&folder);
}

fn okrbook(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_okrbook"));
    command.args(arguments).args(["--date", handbook::DATE, "--book"]).arg(folder);
    command
}

fn files(folder: &Path) -> impl Iterator<Item = walkdir::DirEntry> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
}

fn count(folder: &Path) -> usize {
    files(folder).count()
}

fn pages(folder: &Path) -> usize {
    files(folder).filter(|file| file.path().extension().is_some_and(|ending| ending == "html")).count()
}

fn bytes(folder: &Path) -> u64 {
    files(folder).filter_map(|file| Some(file.metadata().ok()?.len())).sum()
}
