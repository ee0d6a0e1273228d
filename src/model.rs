//! The book: cycles, units, documents, and all that is written in them, as plain data with places.
//!
//! Each part has a file: what it is, what it means, how it is read from front matter. Where a
//! reference leads is not known here; see `links`.

mod address;
mod allow;
mod book;
mod check_in;
mod contract;
mod cycle;
mod digest;
mod direction;
mod feedback;
mod file;
mod grades;
mod investment;
mod key_result;
mod objective;
mod okrs;
mod pace;
mod page;
mod prose;
mod state;
mod timeline;

pub use address::{CYCLE_PAGES, anchors, heading_ids, output_path, page_url, site_path};
pub use allow::Allow;
pub use book::{Book, DirectionDocument, Document};
pub use check_in::CheckIn;
pub use contract::{Amendment, Approval, Assurance, Party, Verdict};
pub use cycle::{Cycle, CycleError, HISTORY_DAYS, cycles};
pub use digest::{digest, direction_digest};
pub use direction::{Direction, Theme};
pub use feedback::{Feedback, Outcome};
pub use file::{File, Front, Kind, each_prose, read, unread};
pub use grades::{Grades, REACHED, is_reached};
pub use investment::Investment;
pub use key_result::{KeyResult, Measure};
pub use objective::{Activity, Objective};
pub use okrs::{Okrs, Place as ItemPlace};
pub use page::Page;
pub use prose::Section;
pub use state::{Refused, Signatures, Signed, Signers, Signing, State, buy_in, named, person, same_person};
pub use timeline::{Delivery, Expected, Timeline, TimelineState};
