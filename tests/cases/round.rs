//! A planning round of a small company, through the commands alone: what its people write by hand are
//! the goals themselves.

use serde_json::Value;

use crate::repository::git;
use crate::runner::{Book, Ran};

/// The company: the handbook that `init` makes, with git.
struct Company {
    book: Book,
    day: String,
}

impl Company {
    fn new() -> Self {
        let book = Book::made();
        let company = Self { book, day: "2026-02-20".to_owned() };
        company.git(&["init", "-q"]);
        company.commit();
        company
    }

    fn on(&mut self, day: &str) -> &mut Self {
        self.day = day.to_owned();
        self
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.book.run(&[arguments, &["--date", &self.day]].concat())
    }

    fn git(&self, arguments: &[&str]) {
        git(&self.book, arguments);
    }

    fn commit(&self) {
        self.git(&["add", "."]);
        self.git(&["commit", "-qm", "a step"]);
    }

    fn export(&self) -> Value {
        serde_json::from_str(&self.run(&["export"]).output).unwrap()
    }

    fn cycle(&self, id: &str) -> Value {
        let export = self.export();
        export["cycles"].as_array().unwrap().iter().find(|cycle| cycle["id"] == id).unwrap().clone()
    }

    /// The states of the company's, the product's and the care team's documents.
    fn states(&self, cycle: &str) -> Vec<String> {
        let cycle = self.cycle(cycle);
        let documents = cycle["documents"].as_array().unwrap().iter();
        documents.map(|document| document["state"].as_str().unwrap().to_owned()).collect()
    }

    fn timeline(&self, cycle: &str) -> Vec<String> {
        let cycle = self.cycle(cycle);
        let timeline = cycle["timeline"].as_array().unwrap().iter();
        timeline.map(|one| one["state"].as_str().unwrap().to_owned()).collect()
    }

    /// The rules that find something in the documents of 2026-Q3, each with the file.
    fn findings(&self) -> Vec<String> {
        let ran = self.run(&["check", "--format", "json"]);
        let json: Value = serde_json::from_str(&ran.output).unwrap();
        let mut found: Vec<String> = json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["severity"] != "note")
            .filter_map(|finding| {
                let file = finding["path"].as_str().unwrap().strip_prefix("content/okrs/2026-q3/")?;
                Some(format!("{}: {}", file.trim_end_matches(".md"), finding["rule"].as_str().unwrap()))
            })
            .collect();
        found.dedup();
        found
    }

    #[track_caller]
    fn finds(&self, expected: &[&str]) {
        assert_eq!(self.findings(), expected);
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.book.text(path);
        assert!(text.contains(from), "{path} has no {from}\n{text}");
        self.book.put(path, &text.replacen(from, to, 1));
    }

    /// Both parties sign a document.
    fn both_sign(&self, doc: &str, set_by: &[&str], delivered_by: &[&str]) {
        for (party, people) in [("set-by", set_by), ("delivered-by", delivered_by)] {
            for by in people {
                self.run(&["approve", doc, "--as", party, "--by", by]).succeeds();
            }
        }
    }
}

const GOALS: &str = "[[objective]]\nid = \"first-week\"\ntitle = \"New customers succeed at once\"\nthemes = [\"week\"]\nkey-result = [\n  { id = \"activation\", title = \"Raise the share of active new customers\", from = 40, to = 66, measured-in = \"%\" }, # the funnel\n]\n";
const PRODUCT: &str = "[[objective]]\nid = \"set-up\"\ntitle = \"Setting up takes minutes\"\nthemes = [\"week\"]\nsupports = [\"company/first-week/activation\"]\n[[objective.key-result]]\nid = \"time\"\ntitle = \"Cut the median time to the first report\"\nfrom = 90\nto = 30\nmeasured-in = \"minutes\"\n\n[[objective.key-result]]\nid = \"import\"\ntitle = \"Customers import their data alone\"\n";

const Q3: &str = "2026-q3";

/// From an empty cycle to drafts that are shared.
fn drafts(company: &mut Company) {
    company.on("2026-05-20").run(&["new", "cycle", Q3]).succeeds();
    assert_eq!(company.states(Q3), ["preparing", "preparing", "preparing"]);
    assert_eq!(company.timeline(Q3), ["due", "due", "due"]);
    company.finds(&[]);
    let folder = |name: &str| format!("content/okrs/{Q3}/{name}.md");
    let direction = folder("direction");
    company.edit(
        &direction,
        "+++\n\nHalf",
        "[[theme]]\nid = \"week\"\ntitle = \"The first week\"\n+++\n\nHalf",
    );
    company
        .run(&["approve", &direction, "--by", "ada"])
        .succeeds()
        .prints("is signed, but not shared yet: `okrbook share 2026-q3:direction`");
    company.on("2026-05-27").run(&["share", "2026-q3:direction"]).succeeds();
    assert_eq!(company.timeline(Q3), ["done", "due", "due"]);

    company.edit(&folder("company"), "# ]\n+++", &format!("# ]\n\n{GOALS}+++"));
    company.edit(&folder("product"), "# ]\n+++", &format!("# ]\n\n{PRODUCT}+++"));
    for unit in ["company", "product", "care"] {
        company.run(&["share", &format!("{Q3}:{unit}")]).succeeds();
    }
    assert_eq!(company.states(Q3), ["draft", "draft", "draft"]);
    assert_eq!(company.timeline(Q3), ["done", "done", "due"]);
    company.finds(&[]);
    company.run(&["share", "2026-q3:care"]).refuses("shared already, since 2026-05-27");
}

/// From feedback to contracts that both parties have signed.
fn contracts(company: &mut Company) {
    let feedback = [
        "feedback",
        "2026-q3:company",
        "--by",
        "mo",
        "--says",
        "66 needs a second designer.",
        "--about",
        "first-week/activation",
    ];
    company.on("2026-06-02").run(&feedback).succeeds();
    let _ = company.run(&["status", Q3]).succeeds().prints("1 piece of feedback is open");
    // whoever signs too soon signs another text
    company
        .run(&["approve", "2026-q3:company", "--as", "set-by", "--by", "ada"])
        .succeeds()
        .prints("1 piece of feedback still open");
    company.edit("content/okrs/2026-q3/company.md", "to = 66", "to = 60");
    let answer =
        ["feedback", "2026-q3:company", "--answer", "1", "--outcome", "changed", "--reply", "60 it is."];
    company.run(&answer).succeeds();
    assert_eq!(company.states(Q3), ["altered", "draft", "draft"]);
    company.finds(&["company: contract/altered"]);
    company
        .on("2026-06-20")
        .run(&["approve", "2026-q3:company", "--as", "set-by", "--by", "mo"])
        .refuses("does not sign for `set-by`");
    company
        .run(&["approve", "2026-q3:company", "--as", "set-by", "--by", "ada"])
        .succeeds()
        .prints("activation  Raise the share of active new customers: 40 -> 60 %")
        .prints("2026-q3:company is draft; it waits for the signature of delivered-by (@mo, @lin)");
    company.run(&["approve", "2026-q3:company", "--as", "delivered-by", "--by", "mo"]).succeeds();
    assert_eq!(company.states(Q3), ["draft", "draft", "draft"]);
    company
        .run(&["approve", "2026-q3:company", "--as", "delivered-by", "--by", "lin"])
        .succeeds()
        .prints("2026-q3:company is final\n");
    company.finds(&[]);
    company
        .run(&["approve", "2026-q3:company", "--as", "delivered-by", "--by", "lin"])
        .succeeds()
        .prints("already");
    company.both_sign("2026-q3:product", &["mo"], &["The product team"]);
    company.both_sign("2026-q3:care", &["lin"], &["The care team"]);
    assert_eq!(company.states(Q3), ["final", "final", "final"]);
    assert_eq!(company.timeline(Q3), ["done", "done", "done"]);
    taken_as_given(company);
    company.commit();
}

/// Who signs without a word is told so, and how to say that nothing has to change.
fn taken_as_given(company: &Company) {
    company.finds(&["care: process/one-way", "product: process/one-way"]);
    let status = company.run(&["status", Q3]).succeeds();
    let _ = status.prints("2 were taken as given").prints("product and care");
    let check = company.run(&["check", "--only", "process/one-way"]);
    let _ =
        check.prints("`okrbook feedback 2026-q3:care --by HANDLE --says TEXT`").prints("no-change-needed");
    for (doc, by) in [("2026-q3:product", "The product team"), ("2026-q3:care", "The care team")] {
        let says =
            ["feedback", doc, "--by", by, "--says", "Nothing to change.", "--outcome", "no-change-needed"];
        company.run(&says).succeeds();
    }
    company.finds(&[]);
    let status = company.run(&["status", Q3]).succeeds();
    assert!(!status.output.contains("taken as given"), "{}", status.output);
}

/// A quarter's work: check-ins, and a change that is caught, amended and signed.
fn quarter(company: &mut Company) {
    company
        .on("2026-07-10")
        .run(&["check-in", "company/first-week/activation", "45", "--confidence", "0.6"])
        .succeeds();
    company
        .run(&["check-in", "product", "set-up/time=60", "set-up/import=0.25"])
        .succeeds()
        .prints("50 % of the way");
    company.commit();
    assert_eq!(company.states(Q3), ["final", "final", "final"], "check-ins are not what was signed");
    company.on("2026-07-20").edit("content/okrs/2026-q3/company.md", "to = 60", "to = 55");
    assert_eq!(company.states(Q3), ["altered", "final", "final"]);
    company.finds(&["company: contract/altered"]);
    company
        .run(&["check"])
        .exits(1)
        .prints("(delivered-by, 2026-06-20): target of first-week/activation: 60 -> 55\n");
    let amend = [
        "amend",
        "2026-q3:company",
        "--by",
        "ada",
        "--about",
        "first-week/activation",
        "--says",
        "The designer left.",
    ];
    company.run(&amend).succeeds().prints("now both parties sign again");
    company
        .run(&["approve", "company", "--as", "set-by", "--by", "ada"])
        .succeeds()
        .prints(
            "changed since the last signature, of 2026-06-20:\n  target of first-week/activation: 60 -> 55\n",
        )
        .prints("2026-q3:company is altered; it waits for the signature of delivered-by (@mo, @lin)");
    company.finds(&["company: contract/altered"]);
    for by in ["mo", "lin"] {
        company.run(&["approve", "company", "--as", "delivered-by", "--by", by]).succeeds();
    }
    company.finds(&[]);
    assert_eq!(company.states(Q3), ["final", "final", "final"]);
    assert_eq!(company.timeline(Q3), ["done", "done", "done"], "signing again does not make it late");
    company.edit("content/okrs/2026-q3/company.md", "to = 55", "to = 50");
    let approve = ["approve", "company", "--as", "set-by", "--by", "ada"];
    company.run(&approve).succeeds().prints("cannot be said: git does not hold the text that was signed");
    company.edit("content/okrs/2026-q3/company.md", "to = 50", "to = 55");
    company.finds(&["company: contract/altered"]);
    company.run(&approve).succeeds();
    company.finds(&[]);
}

/// Grades, and the next cycle.
fn end(company: &mut Company) {
    company.on("2026-08-20").finds(&["company: process/quiet", "product: process/quiet"]);
    company.on("2026-10-20").finds(&["company: process/ungraded", "product: process/ungraded"]);
    for (reference, grade) in [
        ("company/first-week/activation", "0.8"),
        ("product/set-up/time", "1"),
        ("product/set-up/import", "0.5"),
    ] {
        company.run(&["grade", &format!("{Q3}:{reference}"), grade, "--outcome", "Well."]).succeeds();
    }
    let product = &company.cycle(Q3)["documents"][1];
    assert_eq!(product["objectives"][0]["grade"], 0.75);
    company.finds(&[]);
    let ran = company.run(&["new", "cycle", "2026-q4", "--from", Q3]).succeeds();
    let _ = ran.prints("2 objectives carried over from 2026-q3");
    let product = &company.cycle("2026-q4")["documents"][1];
    assert_eq!(product["state"], "preparing");
    let objective = &product["objectives"][0];
    assert_eq!(objective["key_results"].as_array().unwrap().len(), 1, "what was reached stays behind");
    assert_eq!(objective["key_results"][0]["supports"][0], "2026-q4:company/first-week/activation");
    company.run(&["check", "--only", "format,reference"]).succeeds();
}

#[test]
fn a_planning_round_through_the_commands_alone() {
    let mut company = Company::new();
    drafts(&mut company);
    contracts(&mut company);
    quarter(&mut company);
    end(&mut company);
}
