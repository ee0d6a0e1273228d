use super::*;
use jiff::civil::date;

const ENGLISH: &str = r#"
[text]
direction = "ltr"

[number]
decimal = "."
thousands = ","

[date]
day = "{day} {month}"
day-short = "{day} {month}"
day-year = "{day} {month} {year}"
span = "{start} to {end}"
months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
months-short = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

[list]
and = "{head} and {last}"

[cycle]
next = "The next cycle"
greeting = "{who} has {n} of {total}"
days = { one = "{n} day", other = "{n} days" }
late = { one = "{who} is a day late", other = "{who} is {n} days late" }

[cycle.weeks]
one = "{n} week"
other = "{n} weeks"
"#;

fn english() -> Lang {
    Lang::parse("en", ENGLISH).unwrap()
}

fn refusal(text: &str) -> String {
    Lang::parse("xx", text).unwrap_err()
}

#[test]
fn texts_and_what_is_missing() {
    let lang = english();
    assert_eq!(lang.name(), "en");
    assert_eq!(lang.direction(), "ltr");
    assert_eq!(lang.text("cycle.next"), "The next cycle");
    assert_eq!(lang.text("cycle.days"), "{n} days");
    for missing in ["cycle.last", "unit.next", "next", "", ".", "cycle.", "cycle.weeks.one", "date.months"] {
        assert_eq!(lang.text(missing), format!("⟦{missing}⟧"));
        assert_eq!(lang.say(missing, &[("n", "3")]), format!("⟦{missing}⟧"));
        assert_eq!(lang.count(missing, 3, &[]), format!("⟦{missing}⟧"));
    }
}

#[test]
fn places_are_filled_once() {
    let lang = english();
    let say = |values: &[(&str, &str)]| lang.say("cycle.greeting", values);
    assert_eq!(say(&[("who", "Ada"), ("n", "2"), ("total", "3")]), "Ada has 2 of 3");
    assert_eq!(say(&[("who", "{n}"), ("n", "{who}"), ("unused", "x")]), "{n} has {who} of {total}");
    for (pattern, expected) in [
        ("", ""),
        ("{", "{"),
        ("}{n", "}{n"),
        ("{{n}}", "{3}"),
        ("{n}{n}é{n}", "33é3"),
        ("{é} {} {n", "{é} {} {n"),
        ("{a {n}", "{a 3"),
    ] {
        assert_eq!(fill(pattern, &[("n", "3")]), expected, "{pattern}");
    }
}

#[test]
fn forms_go_with_the_number() {
    let lang = english();
    assert_eq!(lang.count("cycle.days", 1, &[]), "1 day");
    assert_eq!(lang.count("cycle.days", 0, &[]), "0 days");
    assert_eq!(lang.count("cycle.weeks", 12_345, &[]), "12,345 weeks");
    assert_eq!(lang.count("cycle.late", 1, &[("who", "Ada")]), "Ada is a day late");
    assert_eq!(lang.count("cycle.late", 2, &[("who", "Ada"), ("n", "two")]), "Ada is two days late");
    assert_eq!(lang.count("cycle.next", 2, &[]), "The next cycle");

    let polish = r#"t.x = { one = "{n} plik", few = "{n} pliki", many = "{n} plików", other = "{n} pliku" }"#;
    let polish = Lang::parse("pl", polish).unwrap();
    let counted: Vec<_> = [1, 2, 5, 22].map(|n| polish.count("t.x", n, &[])).into();
    assert_eq!(counted, ["1 plik", "2 pliki", "5 plików", "22 pliki"]);
}

#[test]
fn a_form_that_is_missing_is_other() {
    let lang = Lang::parse("ru", r#"t.x = { one = "one", other = "other" }"#).unwrap();
    assert_eq!(lang.count("t.x", 21, &[]), "one");
    assert_eq!(lang.count("t.x", 3, &[]), "other");
}

#[test]
fn days_and_spans() {
    let lang = english();
    let day = date(2026, 3, 5);
    assert_eq!(lang.day(day), "5 March");
    assert_eq!(lang.day_short(day), "5 Mar");
    assert_eq!(lang.day_year(day), "5 March 2026");
    assert_eq!(lang.weekday(day), "Thursday");
    assert_eq!(lang.weekday(date(2026, 3, 8)), "Sunday");
    assert_eq!(lang.weekday(date(2026, 3, 9)), "Monday");
    assert_eq!(lang.day_short(date(2026, 12, 31)), "31 Dec");
    for (start, end, expected) in [
        (date(2026, 2, 1), date(2026, 4, 30), "1 February to 30 April 2026"),
        (date(2026, 11, 1), date(2027, 1, 31), "1 November 2026 to 31 January 2027"),
        (date(2026, 2, 1), date(2026, 2, 28), "1 February to 28 February 2026"),
        (date(2026, 2, 1), date(2026, 2, 1), "1 February 2026"),
    ] {
        assert_eq!(lang.span(start, end), expected);
    }
}

#[test]
fn patterns_may_order_the_parts_of_a_date() {
    let text = r#"[date]
        day = "{weekday}, {month-short} {day}"
        day-year = "{year}年{month}{day}日"
        months = ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"]"#;
    let lang = Lang::parse("ja", text).unwrap();
    assert_eq!(lang.day_year(date(2026, 3, 5)), "2026年3月5日");
    assert_eq!(lang.day(date(2026, 3, 5)), "⟦date.weekdays⟧, ⟦date.months-short⟧ 5");
    assert_eq!(lang.day_short(date(2026, 3, 5)), "⟦date.day-short⟧");
    assert_eq!(lang.or(english()).day(date(2026, 3, 5)), "Thursday, Mar 5");
}

#[test]
fn lists() {
    let lang = english();
    assert_eq!(lang.list::<&str>(&[]), "");
    assert_eq!(lang.list(&["a"]), "a");
    assert_eq!(lang.list(&["a", "b"]), "a and b");
    assert_eq!(lang.list(&["a".to_owned(), "b".to_owned(), "{last}".to_owned()]), "a, b and {last}");
    let other = Lang::parse("xx", "[list]\nand = \"{head}; and {last}\"\nseparator = \"; \"").unwrap();
    assert_eq!(other.list(&["a", "b", "c"]), "a; b; and c");
}

#[test]
fn numbers_have_the_separators_of_the_language() {
    let german = Lang::parse("de", "[number]\ndecimal = \",\"\nthousands = \".\"").unwrap();
    assert_eq!(german.separators().plain(12_345.5), "12.345,5");
    assert_eq!(german.separators().percent(0.5), "50\u{a0}%");
    let turkish = Lang::parse("tr", "[number]\npercent = \"%{n}\"").unwrap();
    assert_eq!(turkish.separators().percent(0.5), "%50");
    assert_eq!(Lang::parse("xx", "").unwrap().separators(), &Separators::default());
}

#[test]
fn a_language_is_completed_by_another() {
    let text = r#"
        [text]
        direction = "rtl"
        [cycle]
        next = "Le cycle suivant"
        late = "{who} : {n}"
        weeks = { one = "{n} semaine", other = "{n} semaines" }
        [date]
        months = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]
    "#;
    let lang = Lang::parse("fr", text).unwrap().or(english());
    assert_eq!(lang.name(), "fr");
    assert_eq!(lang.direction(), "rtl");
    assert_eq!(lang.text("cycle.next"), "Le cycle suivant");
    assert_eq!(lang.text("cycle.greeting"), "{who} has {n} of {total}");
    assert_eq!(lang.day(date(2026, 8, 5)), "5 août");
    assert_eq!(lang.count("cycle.weeks", 0, &[]), "0 semaine");
    assert_eq!(lang.count("cycle.days", 0, &[]), "0 days", "an English text goes by the English rule");
    assert_eq!(lang.count("cycle.late", 1, &[("who", "Ada")]), "Ada : 1", "all forms or none");
    assert_eq!(lang.clone().or(english()), lang);
}

#[test]
fn words_are_a_map_for_templates() {
    let lang = english();
    let words = serde_json::to_value(lang.words()).unwrap();
    assert_eq!(words["cycle"]["next"], "The next cycle");
    assert_eq!(words["cycle"]["weeks"], "{n} weeks");
    assert_eq!(words["date"]["day-short"], "{day} {month}");
    assert!(words["date"].get("months").is_none());
}

#[test]
fn what_does_not_belong_is_refused() {
    for (text, message) in [
        ("a = \"b\"", "`a` is in no table: every text has a key like `table.key`"),
        ("\"a.b\".c = \"d\"", "`a.b` has a point in the name of a table"),
        ("[a]\nb = 3", "`a.b` is of type integer: it must be a string, forms or a list"),
        ("[a]\nb = { one = \"c\" }", "`a.b` has no form `other`, which every text with forms needs"),
        ("[a]\nb = {}", "`a.b` has no form `other`, which every text with forms needs"),
        (
            "[a]\nb = { dual = \"c\" }",
            "`a.b` has a form `dual`: forms are `zero`, `one`, `two`, `few`, `many`, `other`",
        ),
        ("[a]\nb = { other = 1 }", "the form `other` of `a.b` must be a string"),
        ("[a]\nb = [1]", "`a.b` must be a list of strings"),
        ("[date]\nmonths = [\"January\"]", "`date.months` must have 12 names, not 1"),
        ("[date]\nweekdays = \"Monday\"", "`date.weekdays` must be a list of names"),
        ("[text]\ndirection = \"up\"", "`text.direction` is `up`: it must be `ltr` or `rtl`"),
    ] {
        assert_eq!(refusal(text), format!("language `xx`: {message}"));
    }
    let message = refusal("[a]\nb = ");
    assert!(message.starts_with("language `xx`: TOML parse error at line 2"), "{message}");
    assert!(refusal("[a]\nb = \"\"\nb = \"\"").contains("duplicate key"));
}

#[test]
fn an_empty_file_is_a_language() {
    let lang = Lang::parse("xx", "").unwrap();
    assert_eq!(lang.direction(), "ltr");
    assert_eq!(lang.text("a.b"), "⟦a.b⟧");
    assert_eq!(lang.or(english()).text("cycle.next"), "The next cycle");
}
