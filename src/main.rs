//! Arguments in, exit status out.

use std::process::ExitCode;

use mimalloc::MiMalloc;

// a site is made of very many small texts: a sixth of a build's time went into finding room for them
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    okrbook::cli::run()
}
