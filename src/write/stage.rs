//! Where new files wait until all of them are there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{channel, sync_channel};

use super::file::{self, Parts};
use super::plan::{Plan, Standing};
use super::record::{self, Hashes};
use super::{TEMPORARY, Take, Written};
use crate::diagnostic::Finding;
use crate::failure::Failure;
use crate::inputs::{Handed, SiteFile};

/// So many files are made ahead of the one that is being written.
const AHEAD: usize = 64;

/// A folder inside the site's, gone with this.
#[derive(Debug)]
pub(super) struct Stage<'a> {
    out: &'a Path,
    plan: &'a Plan,
    folder: PathBuf,
}

/// The new files of a site, each under a number.
#[derive(Debug)]
pub(super) struct Staged<'a> {
    stage: &'a Stage<'a>,
    /// In the order in which they were made.
    files: Vec<String>,
    unchanged: usize,
    /// The files that come in parts, as far as they are there, with their numbers.
    parts: BTreeMap<&'static str, (usize, Parts)>,
    /// Of all files, if all of them have one.
    hashes: Option<Hashes>,
}

impl<'a> Stage<'a> {
    pub(super) fn new(out: &'a Path, plan: &'a Plan) -> Result<Self, Failure> {
        let folder = out.join(format!("{TEMPORARY}{}", std::process::id()));
        fs::create_dir(&folder).map_err(|error| Failure::io("create the folder", &folder, &error))?;
        Ok(Self { out, plan, folder })
    }

    /// Takes the files of a site: makers on their own threads, one writer here. Two threads that create
    /// files are slower than one.
    pub(super) fn fill(
        &self,
        all: usize,
        make: impl FnOnce(&Take<'_>) -> Result<(), Box<Finding>> + Send,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Result<Staged<'_>, Box<Finding>>, Failure> {
        if rayon::current_thread_index().is_some() {
            return self.fill_alone(all, make, progress);
        }
        let (send, receive) = sync_channel(AHEAD);
        std::thread::scope(|scope| {
            let maker = std::thread::Builder::new()
                .spawn_scoped(scope, move || make(&|file| send.send(file).is_ok()))
                .map_err(|_| no_thread(self.out))?;
            // the receiver goes with an error, and that stops the maker
            let staged = self.take_all(receive, all, progress)?;
            match maker.join() {
                Ok(made) => Ok(made.map(|()| staged)),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    /// The same where makers have no thread but this one: first all are made, then they are written.
    fn fill_alone(
        &self,
        all: usize,
        make: impl FnOnce(&Take<'_>) -> Result<(), Box<Finding>>,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Result<Staged<'_>, Box<Finding>>, Failure> {
        let (send, receive) = channel();
        let made = make(&|file| send.send(file).is_ok());
        drop(send);
        let staged = self.take_all(receive, all, progress)?;
        Ok(made.map(|()| staged))
    }

    fn take_all(
        &self,
        handed: impl IntoIterator<Item = Handed>,
        all: usize,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Staged<'_>, Failure> {
        let mut staged = Staged {
            stage: self,
            files: Vec::new(),
            unchanged: 0,
            parts: BTreeMap::new(),
            hashes: Some(Hashes::new()),
        };
        for handed in handed {
            progress(staged.files.len() + staged.unchanged, all);
            match handed {
                Handed::File(file) => staged.take(file)?,
                Handed::Part { path, bytes } => staged.take_part(path, bytes.as_deref())?,
            }
        }
        Ok(staged)
    }

    fn place(&self, number: usize) -> PathBuf {
        self.folder.join(number.to_string())
    }
}

/// A site is made on one thread and written on another.
fn no_thread(out: &Path) -> Failure {
    Failure::new(format!(
        "cannot write the site to `{}`: the system gives this program no thread",
        out.display()
    ))
    .help("it limits how many there are: `ulimit -u`, or the process limit of the container; allow some more")
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        // what stays is removed by the next build, which sees that this one was interrupted
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Staged<'_> {
    fn take(&mut self, one: SiteFile) -> Result<(), Failure> {
        let path = self.stage.out.join(&one.path);
        match (record::hash(&one.content), &mut self.hashes) {
            (Some(hash), Some(hashes)) => drop(hashes.insert(one.path.clone(), hash)),
            _ => self.hashes = None,
        }
        if self.stage.plan.standing(&one.path) == Standing::Ours && file::is_same(&path, &one.content)? {
            self.unchanged += 1;
            return Ok(());
        }
        file::create(&self.stage.place(self.files.len()), &path, &one.content)?;
        self.files.push(one.path);
        Ok(())
    }

    /// Takes the next part of a file; none after the last.
    fn take_part(&mut self, path: &'static str, bytes: Option<&[u8]>) -> Result<(), Failure> {
        let place = self.stage.out.join(path);
        let (number, mut parts) = match self.parts.remove(path) {
            Some(begun) => begun,
            None => {
                self.files.push(path.to_owned());
                let number = self.files.len() - 1;
                (number, Parts::begin(self.stage.place(number), &place)?)
            }
        };
        if let Some(bytes) = bytes {
            parts.add(bytes, &place)?;
            self.parts.insert(path, (number, parts));
            return Ok(());
        }
        if let Some(hashes) = &mut self.hashes {
            hashes.insert(path.to_owned(), parts.hash());
        }
        if self.stage.plan.standing(path) == Standing::Ours && parts.are_same_as(&place) {
            self.unchanged += 1;
            // nothing stands under this number any more
            self.files[number].clear();
        }
        Ok(())
    }

    /// The hashes of all files of the site.
    pub(super) fn hashes(&mut self) -> Option<Hashes> {
        self.hashes.take()
    }

    /// Puts every file in its place. Pages after what they need: a page that is there finds its style and
    /// its pictures.
    pub(super) fn publish(self) -> Result<Written, Failure> {
        let out = self.stage.out;
        let is_page = |(_, path): &(usize, &String)| path.ends_with(".html");
        let numbered = || self.files.iter().enumerate().filter(|(_, path)| !path.is_empty());
        let mut folders = BTreeSet::new();
        for (number, path) in numbered().filter(|one| !is_page(one)).chain(numbered().filter(is_page)) {
            let place = out.join(path);
            if let Some(folder) = place.parent()
                && folders.insert(folder.to_owned())
            {
                fs::create_dir_all(folder)
                    .map_err(|error| Failure::io("create the folder", folder, &error))?;
            }
            fs::rename(self.stage.place(number), &place)
                .map_err(|error| Failure::io("write", &place, &error))?;
        }
        Ok(Written { written: numbered().count(), unchanged: self.unchanged, removed: 0 })
    }
}
