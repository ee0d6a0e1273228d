//! The keys of `book.toml`.

use super::{Item, Kind, RHYTHMS, Spec, WHATS, key, must};

/// `[book]`.
pub static BOOK: Spec = Spec {
    what: "the book",
    header: "[book]",
    keys: &[
        must("title", Kind::Words, "the handbook's title"),
        key("description", Kind::Words, "what it is, in a sentence"),
        key("authors", Kind::Many(Item::Word), "who keeps it"),
        key("language", Kind::Words, "the language of the interface, `en` if left out"),
        key("src", Kind::Words, "the folder of the texts, `content` if left out"),
    ],
};

/// `[build]`.
pub static BUILD: Spec = Spec {
    what: "the build",
    header: "[build]",
    keys: &[key("build-dir", Kind::Words, "the folder of the site, `site` if left out")],
};

/// `[output.html]`.
pub static HTML: Spec = Spec {
    what: "the site",
    header: "[output.html]",
    keys: &[
        key("theme", Kind::Words, "a folder under themes/, `default` if left out"),
        key("site-url", Kind::Words, "a path or a full address, `/` if left out"),
        key("git-repository-url", Kind::Words, "where the sources are"),
        key("edit-url-template", Kind::Words, "an address with {path} in it"),
    ],
};

/// `[output]`.
pub static OUTPUT: Spec =
    Spec { what: "the output", header: "[output]", keys: &[key("html", Kind::Table(&HTML), "the site")] };

/// `[calendar]`.
pub static CALENDAR: Spec = Spec {
    what: "the calendar",
    header: "[calendar]",
    keys: &[
        key("fiscal-year-starts", Kind::MonthDay, "MM-DD, `01-01` if left out"),
        key("fiscal-year-named-after", Kind::OneOf(&["end", "start"]), "the calendar year that names it"),
        key("cycle", Kind::OneOf(RHYTHMS), "the usual rhythm, `quarter` if left out"),
    ],
};

/// `[cycle.NAME]`.
pub static CYCLE: Spec = Spec {
    what: "a cycle",
    header: "[cycle.NAME]",
    keys: &[
        key("name", Kind::Words, "what it is called"),
        must("start", Kind::Day, "its first day"),
        key("end", Kind::Day, "its last day; left out, it runs until it is set"),
        key("aliases", Kind::Many(Item::Cycle), "former names, for redirects"),
    ],
};

/// `[[level]]`.
pub static LEVEL: Spec = Spec {
    what: "a level",
    header: "[[level]]",
    keys: &[
        must("id", Kind::Id, "its name in units"),
        must("name", Kind::Words, "what it is called"),
        key("set-by", Kind::Words, "the party that sets and answers for these OKRs"),
        key("delivered-by", Kind::Words, "the party that commits to deliver them"),
        key("cycle", Kind::OneOf(RHYTHMS), "a rhythm of its own"),
        key("optional", Kind::Flag, "a missing document is not reported"),
    ],
};

/// `[unit.ID]`.
pub static UNIT: Spec = Spec {
    what: "a unit",
    header: "[unit.ID]",
    keys: &[
        must("level", Kind::Id, "the level it belongs to"),
        must("name", Kind::Words, "what it is called"),
        key("within", Kind::Id, "the unit of a higher level whose contract it helps to deliver"),
        key("set-by", Kind::OneOrMany(Item::Handle), "who signs for the party that sets"),
        key("delivered-by", Kind::OneOrMany(Item::Handle), "who signs for the party that delivers"),
        key("since", Kind::Words, "the first cycle in which it exists"),
        key("until", Kind::Words, "the last cycle in which it exists"),
        key("optional", Kind::Flag, "a missing document is not reported"),
    ],
};

/// `[direction]`.
pub static DIRECTION_PARTIES: Spec = Spec {
    what: "the direction",
    header: "[direction]",
    keys: &[
        key("written-by", Kind::OneOrMany(Item::Handle), "who writes it"),
        key("approved-by", Kind::OneOrMany(Item::Handle), "whose buy-in it needs"),
    ],
};

/// `[person.HANDLE]`.
pub static PERSON: Spec = Spec {
    what: "a person",
    header: "[person.HANDLE]",
    keys: &[
        key("name", Kind::Words, "the person's name, else the handle"),
        key("title", Kind::Words, "what the person does"),
        key("url", Kind::Words, "an address"),
    ],
};

/// `[[deliverable]]`.
pub static DELIVERABLE: Spec = Spec {
    what: "a deliverable",
    header: "[[deliverable]]",
    keys: &[
        must("due", Kind::Offset, "days or weeks from the first day (`-4w`, `0d`) or the last (`end+2w`)"),
        key("from", Kind::Offset, "when work on it begins"),
        must("what", Kind::OneOf(WHATS), "what is due"),
        must("name", Kind::Words, "what it is called"),
        key("levels", Kind::Many(Item::Level), "the levels it is for, all if left out"),
        key("who", Kind::Words, "who delivers it"),
    ],
};

/// `[investment]`.
pub static RESERVE: Spec = Spec {
    what: "the investment",
    header: "[investment]",
    keys: &[key("reserve", Kind::Percent, "per cent of capacity a unit is expected to reserve")],
};

/// `[process]`.
pub static PROCESS: Spec = Spec {
    what: "the process",
    header: "[process]",
    keys: &[
        key("quiet-days", Kind::Days, "days without a check-in, 21 if left out"),
        key("behind-points", Kind::Percent, "points under the pace that count as behind, 10 if left out"),
    ],
};

/// `[markdown]`.
pub static MARKDOWN: Spec = Spec {
    what: "the text",
    header: "[markdown]",
    keys: &[key("raw-html", Kind::Flag, "whether HTML in a text is passed on")],
};

/// `book.toml`.
pub static CONFIG: Spec = Spec {
    what: "book.toml",
    header: "book.toml",
    keys: &[
        must("book", Kind::Table(&BOOK), "the book"),
        key("build", Kind::Table(&BUILD), "the build"),
        key("output", Kind::Table(&OUTPUT), "the site"),
        key("calendar", Kind::Table(&CALENDAR), "fiscal years and the usual rhythm"),
        key("cycle", Kind::Named(&CYCLE), "cycles with dates of their own"),
        key("level", Kind::Tables(&LEVEL), "the levels, top first"),
        key("unit", Kind::Named(&UNIT), "the units"),
        key("direction", Kind::Table(&DIRECTION_PARTIES), "who writes and approves the direction"),
        key("person", Kind::Named(&PERSON), "the people"),
        key("deliverable", Kind::Tables(&DELIVERABLE), "the process timeline"),
        key("investment", Kind::Table(&RESERVE), "what is reserved for investments"),
        key("process", Kind::Table(&PROCESS), "limits of the process rules"),
        key("markdown", Kind::Table(&MARKDOWN), "how texts are read"),
        key("rules", Kind::Rules, "rules and their severity"),
    ],
};
