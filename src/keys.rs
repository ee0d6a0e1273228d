//! The keys of the format, every table of it: one registry for reading, for the help on an
//! unknown key, and for the JSON Schema.
//!
//! Knows names, types and ranges, not meanings: what a key says is read in `model` and `config`.

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// One line of inline Markdown, not empty.
    Title,
    /// Inline Markdown.
    Prose,
    /// Plain text, not empty.
    Words,
    /// Lower-case letters, digits and hyphens.
    Id,
    /// A month and a day, `MM-DD`.
    MonthDay,
    /// Days or weeks from the first or the last day of a cycle.
    Offset,
    /// The name of a rule that a document may silence.
    Rule,
    /// A calendar day without a time.
    Day,
    /// A finite number.
    Number,
    /// A finite number of at least 0.
    Weight,
    /// 0.0 to 1.0.
    Share,
    /// 0 to 100.
    Percent,
    /// A whole number of days, of at least 0.
    Days,
    /// true or false.
    Flag,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// One text or a list of them.
    OneOrMany(Item),
    /// A list of texts.
    Many(Item),
    /// A table.
    Table(&'static Spec),
    /// Tables whose names the author chooses.
    Named(&'static Spec),
    /// An array of tables, `[[x]]`.
    Tables(&'static Spec),
    /// Rules and what they are set to.
    Rules,
}

/// What the texts of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A @handle, a unit's id or a role in words.
    Owner,
    /// A @handle.
    Handle,
    /// A reference to a place in the book.
    Reference,
    /// A theme's id.
    Theme,
    /// A unit's id.
    Unit,
    /// A level's id.
    Level,
    /// A cycle's name.
    Cycle,
    /// An address, or a Markdown link.
    Link,
    /// Any words.
    Word,
}

/// A key of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key {
    /// As it is typed.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What it says, in half a line.
    pub doc: &'static str,
}

/// A table of the format.
#[derive(Debug, PartialEq)]
pub struct Spec {
    /// What a person calls it, with its article: `an objective`.
    pub what: &'static str,
    /// How its header is typed: `[[objective]]`.
    pub header: &'static str,
    /// Its keys, in the order in which they are written.
    pub keys: &'static [Key],
}

impl Spec {
    /// The key of a name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The names of its keys.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|key| key.name)
    }
}

const fn key(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, required: false, doc }
}

const fn must(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, required: true, doc }
}

/// What is true of an objective, a key result or an investment besides its progress.
pub const STATES: &[&str] = &["active", "paused", "dropped"];
/// How firmly something is promised.
pub const COMMITMENTS: &[&str] = &["committed", "aspirational", "learning"];
/// What came of a piece of feedback.
pub const OUTCOMES: &[&str] = &["open", "changed", "declined", "no-change-needed"];
/// The two parties of a contract.
pub const PARTIES: &[&str] = &["set-by", "delivered-by"];
/// What a unit answers to a key result above.
pub const VERDICTS: &[&str] = &["sufficient", "partial", "not-ours"];
/// What the process expects at a date.
pub const WHATS: &[&str] = &["direction", "drafts", "final", "grades", "other"];
/// The lengths of standard cycles.
pub const RHYTHMS: &[&str] = &["quarter", "trimester", "half", "year"];
/// What a rule can be set to.
pub const SETTINGS: &[&str] = &["off", "note", "warn", "error"];

const LINKS: Key = key("links", Kind::Many(Item::Link), "addresses or Markdown links that belong to it");
const OWNER: Key = key("owner", Kind::OneOrMany(Item::Owner), "a @handle, a unit's id or a role in words");
const STATE: Key = key("state", Kind::OneOf(STATES), "active, paused or dropped; the amendment says why");
const LABELS: Key = key("labels", Kind::Many(Item::Word), "words to filter by, without other meaning");
const WHY: Key = key("why", Kind::Prose, "the reason, in a sentence or two");
const SUPPORTS: Key =
    key("supports", Kind::Many(Item::Reference), "key results or objectives above that it helps to reach");
const SHARED_WITH: Key =
    key("shared-with", Kind::Many(Item::Unit), "other units of the level that hold it too");
const COMMITMENT: Key =
    key("commitment", Kind::OneOf(COMMITMENTS), "how firmly it is promised; key results inherit it");
const GRADE: Key = key("grade", Kind::Share, "at the end, 0.0 to 1.0");
const OUTCOME: Key = key("outcome", Kind::Prose, "what came of it, in words");

/// `check-in`: what was measured on a day.
pub static CHECK_IN: Spec = Spec {
    what: "a check-in",
    header: "check-in",
    keys: &[
        must("on", Kind::Day, "the day"),
        key("value", Kind::Number, "what was measured; for a milestone 0.0 to 1.0"),
        key("confidence", Kind::Share, "how likely the target will be reached, 0.0 to 1.0"),
        key("forecast", Kind::Number, "the value expected at the end"),
        key("note", Kind::Prose, "what happened"),
    ],
};

/// `[[objective.key-result]]`.
pub static KEY_RESULT: Spec = Spec {
    what: "a key result",
    header: "[[objective.key-result]]",
    keys: &[
        must("id", Kind::Id, "its name in references, unique in its objective"),
        must("title", Kind::Title, "what will be true"),
        OWNER,
        key("from", Kind::Number, "measured: the baseline"),
        key("to", Kind::Number, "measured: the target"),
        key("stretch", Kind::Number, "beyond the target"),
        key("at-least", Kind::Number, "threshold: not under this"),
        key("at-most", Kind::Number, "threshold: not over this"),
        key("measured-in", Kind::Words, "the unit of the numbers"),
        key("source", Kind::OneOrMany(Item::Link), "where the number comes from"),
        SUPPORTS,
        key("needs", Kind::Many(Item::Reference), "what it depends on, in another unit"),
        key("due", Kind::Day, "when not at the end of the cycle"),
        key("weight", Kind::Weight, "its share in the objective's progress, 1 if left out"),
        WHY,
        LABELS,
        SHARED_WITH,
        COMMITMENT,
        LINKS,
        STATE,
        key("check-in", Kind::Tables(&CHECK_IN), "what was measured, and when"),
        GRADE,
        OUTCOME,
    ],
};

/// `[[objective]]`.
pub static OBJECTIVE: Spec = Spec {
    what: "an objective",
    header: "[[objective]]",
    keys: &[
        must("id", Kind::Id, "its name in references, unique in the document"),
        must("title", Kind::Title, "what it is to achieve"),
        OWNER,
        WHY,
        key("themes", Kind::Many(Item::Theme), "themes of the direction document it answers to"),
        SUPPORTS,
        COMMITMENT,
        LABELS,
        SHARED_WITH,
        key("stands-alone", Kind::Prose, "why it supports nothing above"),
        LINKS,
        STATE,
        OUTCOME,
        GRADE,
        key("key-result", Kind::Tables(&KEY_RESULT), "how one can tell"),
    ],
};

/// `[[investment]]`.
pub static INVESTMENT: Spec = Spec {
    what: "an investment",
    header: "[[investment]]",
    keys: &[
        must("id", Kind::Id, "its name in references, unique in the document"),
        must("title", Kind::Title, "what is done"),
        must("capacity", Kind::Percent, "per cent of the unit's capacity in the cycle"),
        must("why", Kind::Prose, "the reason"),
        must("advances", Kind::Many(Item::Reference), "what it helps: objectives, key results, themes"),
        OWNER,
        LABELS,
        LINKS,
        STATE,
    ],
};

/// `[[assurance]]`.
pub static ASSURANCE: Spec = Spec {
    what: "an assurance",
    header: "[[assurance]]",
    keys: &[
        must("for", Kind::OneOrMany(Item::Reference), "the key results above that it answers"),
        must("by", Kind::Words, "who says so"),
        must("verdict", Kind::OneOf(VERDICTS), "sufficient, partial or not-ours"),
        must("why", Kind::Prose, "the reason"),
    ],
};

/// `[[feedback]]`.
pub static FEEDBACK: Spec = Spec {
    what: "a piece of feedback",
    header: "[[feedback]]",
    keys: &[
        must("by", Kind::Words, "who says it"),
        must("on", Kind::Day, "when"),
        key("about", Kind::Words, "a place in this document"),
        must("says", Kind::Prose, "what is said"),
        must("outcome", Kind::OneOf(OUTCOMES), "what came of it"),
        key("reply", Kind::Prose, "what is answered"),
    ],
};

/// `[[approval]]` of an OKR document.
pub static APPROVAL: Spec = Spec {
    what: "an approval",
    header: "[[approval]]",
    keys: &[
        must("by", Kind::Words, "who signs"),
        must("as", Kind::OneOf(PARTIES), "for which party"),
        must("on", Kind::Day, "when"),
        key("digest", Kind::Words, "what was signed; written by `okrbook approve`"),
    ],
};

/// `[[approval]]` of a direction document.
pub static BUY_IN: Spec = Spec {
    what: "an approval",
    header: "[[approval]]",
    keys: &[
        must("by", Kind::Words, "who signs"),
        must("on", Kind::Day, "when"),
        key("digest", Kind::Words, "what was signed; written by `okrbook approve`"),
    ],
};

/// `[[amendment]]`.
pub static AMENDMENT: Spec = Spec {
    what: "an amendment",
    header: "[[amendment]]",
    keys: &[
        must("on", Kind::Day, "when"),
        must("by", Kind::Words, "who"),
        key("about", Kind::Words, "a place in this document"),
        must("says", Kind::Prose, "what changed, and why"),
    ],
};

/// `[[allow]]`.
pub static ALLOW: Spec = Spec {
    what: "an allow",
    header: "[[allow]]",
    keys: &[
        must("rule", Kind::Rule, "the rule that it silences"),
        key("about", Kind::Words, "a place in this document"),
        must("why", Kind::Prose, "the reason"),
    ],
};

/// The front matter of an OKR document.
pub static DOCUMENT: Spec = Spec {
    what: "an OKR document",
    header: "the front matter",
    keys: &[
        key("shared", Kind::Day, "the day the draft was shared"),
        OWNER,
        LINKS,
        key("objective", Kind::Tables(&OBJECTIVE), "an objective"),
        key("investment", Kind::Tables(&INVESTMENT), "engineering work with no key result of its own"),
        key("assurance", Kind::Tables(&ASSURANCE), "the unit's answer to key results above"),
        key("feedback", Kind::Tables(&FEEDBACK), "the round trip"),
        key("approval", Kind::Tables(&APPROVAL), "a signature"),
        key("amendment", Kind::Tables(&AMENDMENT), "what changed after it was signed"),
        key("allow", Kind::Tables(&ALLOW), "silences one rule here"),
    ],
};

/// `[[theme]]`.
pub static THEME: Spec = Spec {
    what: "a theme",
    header: "[[theme]]",
    keys: &[
        must("id", Kind::Id, "its name in `themes` and references"),
        must("title", Kind::Title, "what it asks for"),
    ],
};

/// The front matter of a direction document.
pub static DIRECTION: Spec = Spec {
    what: "a direction document",
    header: "the front matter",
    keys: &[
        key("title", Kind::Title, "the document's title"),
        key("written-by", Kind::OneOrMany(Item::Owner), "who wrote it"),
        key("shared", Kind::Day, "the day it was shared"),
        LINKS,
        key("theme", Kind::Tables(&THEME), "a theme that objectives answer to"),
        key("feedback", Kind::Tables(&FEEDBACK), "the round trip"),
        key("approval", Kind::Tables(&BUY_IN), "executive buy-in"),
        key("allow", Kind::Tables(&ALLOW), "silences one rule here"),
    ],
};

/// The front matter of a free page.
pub static PAGE: Spec = Spec {
    what: "a free page",
    header: "the front matter",
    keys: &[
        key("title", Kind::Title, "the page's title; else its first heading, else the file's name"),
        key("description", Kind::Prose, "a sentence for lists and previews"),
        key("weight", Kind::Number, "the order in the navigation"),
    ],
};

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

/// A key that authors bring from elsewhere, and what this format has instead.
pub fn foreign(name: &str) -> Option<&'static str> {
    Some(match name {
        "parent" | "children" | "child" | "parents" => {
            "OKRs do not nest: each level has objectives of its own; say what a key result helps to reach with `supports`"
        }
        "status" => {
            "a document's state follows from `shared` and its approvals; an item that stopped has `state = \"paused\"` or `\"dropped\"`"
        }
        "progress" => "progress is computed from the check-ins: add `check-in = [{ on = …, value = … }]`",
        "target" | "goal" => "the target of a measured key result is `to`, with its baseline in `from`",
        "baseline" | "start-value" | "initial" => "the baseline of a measured key result is `from`",
        "min" | "minimum" | "at_least" => "a threshold is `at-least`",
        "max" | "maximum" | "at_most" => "a threshold is `at-most`",
        "metric" | "unit-of-measure" => "what the numbers are counted in is `measured-in`",
        "description" | "rationale" | "reason" => {
            "the reason goes into `why`, or into a section below with the item's id"
        }
        "due-date" | "deadline" => "the day is `due`",
        "score" => "the grade at the end is `grade`, 0.0 to 1.0",
        "depends-on" | "dependencies" | "depends_on" => "a dependency on another unit is `needs`",
        "aligns-to" | "aligned-to" | "contributes-to" => "what it helps to reach above is `supports`",
        "comments" | "comment" => {
            "what people say goes into `[[feedback]]`, what happened into a check-in's `note`"
        }
        _ => return None,
    })
}

/// The word of a set that authors mean by one of their own.
pub fn meant(typed: &str, words: &[&'static str]) -> Option<&'static str> {
    let word = match typed {
        "stretch" | "moonshot" | "ambitious" => "aspirational",
        "roofshot" | "commit" | "must" => "committed",
        "learn" | "experiment" => "learning",
        "cancelled" | "canceled" | "stopped" | "abandoned" => "dropped",
        "on-hold" | "hold" | "blocked" | "postponed" => "paused",
        "on-track" | "at-risk" | "off-track" | "open" | "running" | "in-progress" => "active",
        "accepted" | "agreed" | "fixed" | "done" => "changed",
        "rejected" | "refused" | "wontfix" => "declined",
        "none" | "nothing" | "fine" | "ok" => "no-change-needed",
        "yes" | "full" | "enough" | "covered" => "sufficient",
        "partly" | "some" => "partial",
        "no" | "not-us" | "other" => "not-ours",
        "setter" | "sets" | "owner" => "set-by",
        "deliverer" | "delivers" | "team" => "delivered-by",
        "warning" => "warn",
        "info" | "hint" => "note",
        "fail" | "deny" | "fatal" => "error",
        "allow" | "ignore" | "false" => "off",
        "quarterly" | "quarters" => "quarter",
        "yearly" | "annual" => "year",
        "half-year" | "semester" => "half",
        _ => return None,
    };
    words.iter().copied().find(|known| *known == word)
}

/// Whether a table of this name is one of many, `[[name]]`.
pub fn is_list(name: &str) -> bool {
    let specs = [&DOCUMENT, &DIRECTION, &CONFIG];
    specs.iter().any(|spec| spec.key(name).is_some_and(|key| matches!(key.kind, Kind::Tables(_))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_table_has_a_key_twice() {
        for spec in [&CONFIG, &DOCUMENT, &OBJECTIVE, &KEY_RESULT, &INVESTMENT, &DIRECTION, &UNIT, &LEVEL] {
            for (at, key) in spec.keys.iter().enumerate() {
                assert!(!spec.keys[..at].iter().any(|other| other.name == key.name), "{}", key.name);
            }
        }
    }
}
