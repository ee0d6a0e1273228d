//! The threads that reading and making are spread over, as many as the system gives.
//!
//! A container may allow a program few of them, or none besides its own: then it takes longer, and works.

use std::num::NonZero;
use std::sync::Mutex;
use std::thread;

use rayon::ThreadPoolBuilder;

/// Sees to it that there is a pool of threads, before anything is spread over it.
pub(super) fn prepare() {
    let wanted = thread::available_parallelism().map_or(1, NonZero::get);
    // one more than the pool's: what is made on them is written on another
    let pool = match given(wanted + 1).saturating_sub(1) {
        0 => ThreadPoolBuilder::new().num_threads(1).use_current_thread(),
        given if given < wanted => ThreadPoolBuilder::new().num_threads(given),
        _ => ThreadPoolBuilder::new(),
    };
    // one that is there already is as good
    let _ = pool.build_global();
}

/// How many threads of so many the system gives at once.
fn given(wanted: usize) -> usize {
    let gate = Mutex::new(());
    thread::scope(|scope| {
        let closed = gate.lock();
        let started = (0..wanted).map_while(|_| {
            let wait = || drop(gate.lock());
            thread::Builder::new().spawn_scoped(scope, wait).ok()
        });
        let given = started.count();
        drop(closed);
        given
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_are_given_at_once_and_left_behind() {
        assert_eq!(given(0), 0);
        assert_eq!(given(3), 3);
        prepare();
        prepare();
        assert_eq!(rayon::join(|| 1, || 2), (1, 2));
    }
}
