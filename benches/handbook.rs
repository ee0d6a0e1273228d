//! A realistic handbook of a given number of documents: levels, supports, feedback, check-ins, signatures,
//! prose, code and tables. The same number gives the same bytes.
//!
//! Its titles are of few words. With `OKRBOOK_BENCH_WORDS=many` they are of two thousand, some far more often
//! than others, as people write: for measuring the search.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The fiscal year of the newest quarters; its last quarter runs on [`DATE`].
const LAST_YEAR: usize = 26;

/// The months in which the quarters of a fiscal year begin, all of them in the year before it.
const QUARTERS: [usize; 4] = [2, 5, 8, 11];

/// The day that the handbook is built for.
pub(crate) const DATE: &str = "2026-01-08";

/// The quarters of a handbook, as the id of the cycle and the month it begins in: two years of a small
/// company, ten of a large one.
fn cycles(documents: usize) -> Vec<(String, String)> {
    let years = if documents < 5_000 { 2 } else { 10 };
    (LAST_YEAR + 1 - years..=LAST_YEAR)
        .flat_map(|year| {
            QUARTERS.iter().enumerate().map(move |(quarter, month)| {
                (format!("fy{year}-q{}", quarter + 1), format!("20{}-{month:02}", year - 1))
            })
        })
        .collect()
}

/// Writes a handbook of about `documents` OKR documents into a folder; gives their number.
pub(crate) fn write(folder: &Path, documents: usize) -> usize {
    let cycles = cycles(documents);
    let units = (documents / cycles.len()).max(4);
    let orgs = (units / 7).max(1);
    fs::create_dir_all(folder.join("content")).expect("the folder can be made");
    fs::write(folder.join("book.toml"), book(units, orgs)).expect("the book can be written");
    fs::write(folder.join("content/index.md"), "# What we set out to do\n\nA handbook made for measuring.\n")
        .expect("a page can be written");
    for (cycle, month) in &cycles {
        let cycle_folder = folder.join("content/okrs").join(cycle);
        fs::create_dir_all(&cycle_folder).expect("the folder can be made");
        fs::write(cycle_folder.join("direction.md"), direction(month)).expect("a document can be written");
        for unit in 0..units {
            let path = cycle_folder.join(format!("{}.md", name(unit, orgs)));
            fs::write(path, document(unit, orgs, month)).expect("a document can be written");
        }
    }
    units * cycles.len()
}

fn name(unit: usize, orgs: usize) -> String {
    match unit {
        0 => "company".to_owned(),
        1 => "product-engineering".to_owned(),
        unit if unit < 2 + orgs => format!("org-{unit}"),
        unit => format!("team-{unit}"),
    }
}

fn above(unit: usize, orgs: usize) -> usize {
    match unit {
        0 | 1 => 0,
        unit if unit < 2 + orgs => 1,
        unit => 2 + unit % orgs,
    }
}

fn book(units: usize, orgs: usize) -> String {
    let mut text =
        String::from("[book]\ntitle = \"A measured handbook\"\n[calendar]\nfiscal-year-starts = \"02-01\"\n");
    for level in ["company", "product-engineering", "org", "team"] {
        let _ = write!(
            text,
            "[[level]]\nid = \"{level}\"\nname = \"{level}\"\nset-by = \"Leads\"\ndelivered-by = \"Members\"\n"
        );
    }
    text.push_str("[unit]\n");
    for unit in 0..units {
        let level = match unit {
            0 => "company",
            1 => "product-engineering",
            unit if unit < 2 + orgs => "org",
            _ => "team",
        };
        let within = if unit == 0 {
            String::new()
        } else {
            format!(", within = \"{}\"", name(above(unit, orgs), orgs))
        };
        let _ = writeln!(
            text,
            "{} = {{ level = \"{level}\", name = \"Unit {unit}\"{within}, set-by = [\"@lead-{unit}\"], delivered-by = [\"@member-{unit}\"] }}",
            name(unit, orgs)
        );
    }
    text
}

fn direction(month: &str) -> String {
    format!(
        "+++\ntitle = \"Direction\"\nshared = {month}-01\n[[theme]]\nid = \"dependable\"\ntitle = \"Be dependable\"\n[[theme]]\nid = \"quick\"\ntitle = \"Be quick\"\n[[approval]]\nby = \"@lead-0\"\non = {month}-01\n+++\n\nWhere we go, and why.\n\n## Be dependable {{#dependable}}\n\nA paragraph about it.\n"
    )
}

fn document(unit: usize, orgs: usize, month: &str) -> String {
    let up = name(above(unit, orgs), orgs);
    let mut text = format!("+++\nshared = {month}-01\nowner = \"@lead-{unit}\"\n");
    for objective in 0..3 {
        let supports = if unit == 0 {
            String::new()
        } else {
            format!("supports = [\"{up}/objective-{objective}/result-{}\"]\n", unit % 3)
        };
        let _ = write!(
            text,
            "\n[[objective]]\nid = \"objective-{objective}\"\ntitle = \"{}\"\nwhy = \"Two of five customers told us that this is what keeps them awake.\"\nthemes = [\"dependable\", \"quick\"]\n{supports}",
            title(&[month, "objective"], unit, objective).unwrap_or_else(|| format!(
                "Unit {unit} makes part {objective} of its work dependable for those who rely on it"
            )),
        );
        for result in 0..3 {
            let _ = write!(
                text,
                "\n[[objective.key-result]]\nid = \"result-{result}\"\ntitle = \"{}\"\nfrom = {result}\nto = {}\nmeasured-in = \"%\"\ncheck-in = [\n",
                title(&[month, "result"], unit, objective * 10 + result)
                    .unwrap_or_else(|| format!("Raise number {result} of unit {unit} where it is measured")),
                result + 50
            );
            for week in 1..6 {
                let _ = writeln!(
                    text,
                    "  {{ on = {month}-{:02}, value = {}, confidence = 0.{}, note = \"week {week}, as expected\" }},",
                    week * 5,
                    result + week * 6,
                    9 - week
                );
            }
            text.push_str("]\n");
        }
    }
    let _ = write!(
        text,
        "\n[[investment]]\nid = \"tests\"\ntitle = \"Cut the time of the test suite\"\ncapacity = 15\nwhy = \"Every fix waits for it.\"\nadvances = [\"{}/objective-0\"]\n",
        name(unit, orgs)
    );
    let _ = write!(
        text,
        "\n[[feedback]]\nby = \"@member-{unit}\"\non = {month}-02\nabout = \"objective-0/result-1\"\nsays = \"Fifty needs a second region.\"\noutcome = \"changed\"\nreply = \"It is the target all the same, with the region.\"\n"
    );
    for (who, party) in [("lead", "set-by"), ("member", "delivered-by")] {
        let _ = write!(text, "\n[[approval]]\nby = \"@{who}-{unit}\"\nas = \"{party}\"\non = {month}-03\n");
    }
    let _ = write!(
        text,
        "+++\n\nWhat unit {unit} is for, in a paragraph with a [[{}/objective-1|link]] and `code`.\n\n## Why this first {{#objective-0}}\n\nProse with **weight**, a list and a table.\n\n- one\n- two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```toml\nkey = \"value\"\n```\n",
        name(unit, orgs)
    );
    text
}

/// A title of eight words out of two thousand, if that is asked for: the nth most frequent one stands in one
/// of n titles, as in any language.
fn title(salt: &[&str], unit: usize, number: usize) -> Option<String> {
    std::env::var_os("OKRBOOK_BENCH_WORDS")?;
    const SYLLABLES: [&str; 20] = [
        "ra", "le", "mi", "to", "ca", "re", "si", "no", "ve", "du", "po", "ha", "ke", "lu", "ma", "ti", "so",
        "ga", "fe", "bi",
    ];
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    let text = format!("{salt:?} {unit} {number}");
    text.bytes().for_each(|byte| state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    let mut words = Vec::new();
    for _ in 0..8 {
        // even in the logarithm of the rank
        let rank = 2_000_f64.powf(draw()) as usize;
        let (a, b, c) = (rank % 20, rank / 20 % 20, rank / 400);
        words.push(format!("{}{}{}", SYLLABLES[a], SYLLABLES[(b + a) % 20], SYLLABLES[(c + b) % 20]));
    }
    words[0][..1].make_ascii_uppercase();
    Some(words.join(" "))
}
