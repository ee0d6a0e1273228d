//! The keys of front matter: of an OKR document, a direction, a page.

use super::{COMMITMENTS, Item, Key, Kind, OUTCOMES, PARTIES, STATES, Spec, VERDICTS, key, must};

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
