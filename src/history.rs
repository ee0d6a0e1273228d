//! Earlier versions of the book, as git has them. The program `git` is asked; without it, or outside
//! of a repository, there are none.
#![expect(clippy::disallowed_methods, reason = "asking git is what this module is for")]

mod last_changes;

pub use last_changes::{LastChanges, Walk, head};

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::inputs::Inputs;
use crate::session::Session;
use crate::{Analysis, Options};

mod recall;

pub use recall::recall;

/// Reads and judges a book, with what git tells of signatures that no longer match: only where there are
/// any is git asked, and the book judged again.
pub fn analyse(dir: &Path, session: &mut Session, inputs: &mut Inputs, options: &Options) -> Analysis {
    let analysis = crate::analyse(session, inputs, options);
    let unasked = analysis.altered.unasked();
    if unasked.is_empty() {
        return analysis;
    }
    inputs.recalled.extend(recall(dir, &unasked));
    crate::analyse(session, inputs, options)
}

/// The commit that a revision names.
///
/// # Errors
/// Says what is lacking: git, the revision, or the part of the history that it lies in.
pub fn revision(dir: &Path, revision: &str) -> Result<String, Failure> {
    if git(dir, &["rev-parse", "--git-dir"]).is_none() {
        let here = dir.ancestors().map(|folder| folder.join(".git")).find(|path| path.exists());
        if let Some(here) = here.filter(|_| git(dir, &["--version"]).is_some()) {
            return Err(Failure::new(format!("git does not read the repository `{}`", here.display()))
                .help("`git status` says why: it may belong to someone else, or be damaged"));
        }
        return Err(Failure::new("there is no git repository here, or no program `git`")
            .help("earlier versions of a book are those that git holds"));
    }
    let commit = format!("{revision}^{{commit}}");
    let found = git(dir, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]);
    match found.and_then(|id| String::from_utf8(id).ok()) {
        Some(id) => Ok(id.trim().to_owned()),
        None => {
            let failure = Failure::new(format!("git has no revision `{revision}`"));
            let ends = revision.split_once("..").map(|(from, to)| (from, to.trim_start_matches('.')));
            Err(if let Some((from, to)) = ends.filter(|(from, to)| !from.is_empty() && !to.is_empty()) {
                failure.help(format!("name the two revisions one after the other: `{from} {to}`"))
            } else if is_shallow(dir) {
                failure.help("this clone is shallow and holds only the last part of the history: `git fetch --unshallow`")
            } else {
                failure.help("name a commit, a branch or a tag; `git log --oneline` lists commits")
            })
        }
    }
}

/// Every text file of the book in a commit whose path `wanted` takes, by its path from the book's
/// folder. What is not UTF-8 is kept with its bytes.
pub fn files(
    dir: &Path,
    commit: &str,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let unread = || Failure::new(format!("git cannot list the files of `{commit}`"));
    let listed = git(dir, &["ls-tree", "-r", "-z", commit, "--", "."]).ok_or_else(unread)?;
    let mut paths = Vec::new();
    let mut asked = String::new();
    for entry in String::from_utf8_lossy(&listed).split('\0') {
        let Some((about, path)) = entry.split_once('\t') else { continue };
        let mut words = about.split(' ');
        let (mode, id) = (words.next().unwrap_or_default(), words.nth(1).unwrap_or_default());
        // files alone: no symbolic links, no repositories within
        if mode.starts_with("100") && wanted(path) {
            paths.push(path.to_owned());
            asked.push_str(&format!("{id}\n"));
        }
    }
    let contents = batch(dir, asked).and_then(|out| parted(&out, paths.len()));
    let contents = contents.and_then(|all| all.into_iter().collect::<Option<Vec<_>>>()).ok_or_else(|| {
        Failure::new(format!("git does not hold all files of `{commit}`"))
            .help("this clone may be a partial one: fetch the whole of it")
    })?;
    Ok(paths.into_iter().zip(contents).collect())
}

/// The contents of objects, one after the other.
fn batch(dir: &Path, asked: String) -> Option<Vec<u8>> {
    let mut child = Command::new("git")
        .current_dir(dir)
        .args(["cat-file", "--batch"])
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    // git answers while it is asked: both at once, or the pipes fill up
    let writer = std::thread::Builder::new().spawn(move || stdin.write_all(asked.as_bytes())).ok()?;
    let out = child.wait_with_output().ok()?;
    writer.join().ok()?.ok()?;
    out.status.success().then_some(out.stdout)
}

/// What `cat-file --batch` said: for each object `id type size`, its bytes, and a line end, or `id
/// missing`.
fn parted(mut out: &[u8], count: usize) -> Option<Vec<Option<Vec<u8>>>> {
    let mut contents = Vec::with_capacity(count);
    for _ in 0..count {
        let end = out.iter().position(|byte| *byte == b'\n')?;
        let head = std::str::from_utf8(&out[..end]).ok()?;
        if head.ends_with(" missing") {
            contents.push(None);
            out = &out[end + 1..];
            continue;
        }
        let size: usize = head.rsplit(' ').next()?.parse().ok()?;
        contents.push(Some(out.get(end + 1..end + 1 + size)?.to_vec()));
        out = out.get(end + 2 + size..)?;
    }
    Some(contents)
}

/// Whether git holds only the last part of the history.
fn is_shallow(dir: &Path) -> bool {
    git(dir, &["rev-parse", "--is-shallow-repository"]).is_some_and(|said| said.starts_with(b"true"))
}

fn git(dir: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    let ran = Command::new("git")
        .current_dir(dir)
        .args(["--no-pager", "-c", "core.quotepath=off"])
        .args(arguments)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    ran.status.success().then_some(ran.stdout)
}
