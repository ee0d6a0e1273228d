use super::*;

fn read(text: &str) -> (Config, Vec<String>) {
    let source = Source::new(FILE, text);
    let (config, findings) = Config::read(&source);
    let said = findings
        .iter()
        .map(|finding| {
            let at = source.position(finding.place.span.start());
            format!("{}:{} {}: {}", at.line, at.column, finding.rule, finding.message)
        })
        .collect();
    (config, said)
}

const LEVELS: &str = "[book]\ntitle = \"B\"\n[[level]]\nid = \"company\"\nname = \"Company\"\n[[level]]\nid = \"team\"\nname = \"Teams\"\n";

#[test]
fn units_know_their_level_and_the_unit_they_are_within() {
    let (config, said) = read(&format!(
        "{LEVELS}[unit]\na = {{ level = \"company\", name = \"A\" }}\nb = {{ level = \"team\", name = \"B\", within = \"a\" }}\n"
    ));
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(config.units[1].within, Some(0));
    assert_eq!(config.units[1].level, 1);
    assert!(config.known.units);
}

#[test]
fn an_org_chart_that_does_not_hold_is_told_unit_by_unit() {
    let (config, said) = read(&format!(
        "{LEVELS}[unit.a]\nlevel = \"company\"\nname = \"A\"\n[unit.b]\nlevel = \"teem\"\nname = \"B\"\nwithin = \"a\"\n[unit.c]\nlevel = \"team\"\nname = \"C\"\n[unit.d]\nlevel = \"team\"\nname = \"D\"\nwithin = \"e\"\n"
    ));
    assert_eq!(
        said,
        [
            "13:9 format/bad-org-chart: there is no level `teem`",
            "16:1 format/bad-org-chart: the unit `c` does not say which unit it is within",
            "22:10 format/bad-org-chart: there is no unit `e` for `d` to be within",
        ]
    );
    assert!(!config.known.units);
}

#[test]
fn the_built_in_timeline_asks_drafts_of_the_levels_below_the_second() {
    let (config, _) = read("[book]\ntitle = \"B\"\nlevel = []\n");
    assert_eq!(config.deliverables.len(), 3);
    let (config, said) =
        read(&format!("{LEVELS}[[deliverable]]\ndue = \"2w\"\nwhat = \"drafts\"\nname = \"D\"\n"));
    assert_eq!(config.deliverables.len(), 0);
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn mistakes_of_the_book_are_findings() {
    let (_, said) =
        read("[book]\ntitel = \"B\"\n[calendar]\nfiscal-year-starts = \"02-30\"\ncycle = \"quater\"\n");
    assert_eq!(
        said,
        [
            "2:1 format/unknown-key: the book has no key `titel`",
            "4:22 format/bad-value: there is no day `30` in month `02`: it has days `01` to `29`",
            "5:9 format/bad-value: `cycle` is `quarter`, `trimester`, `half` or `year`, not `quater`",
        ]
    );
}

#[test]
fn a_person_without_a_name_goes_by_the_handle() {
    let (config, said) = read(&format!("{LEVELS}[person.ada]\n[person.kai]\nname = \"Kai Berg\"\n"));
    assert_eq!(said, Vec::<String>::new());
    let names: Vec<&str> = config.people.iter().map(|person| person.name.as_ref()).collect();
    assert_eq!(names, ["ada", "Kai Berg"]);
}

#[test]
fn the_site_does_not_lie_among_the_texts() {
    let said = |src: &str, dir: &str| {
        read(&format!(
            "[book]\ntitle = \"B\"\nsrc = \"{src}\"\n[build]\nbuild-dir = \"{dir}\"\n{}",
            "[[level]]\nid = \"a\"\nname = \"A\"\n"
        ))
    };
    for (src, dir) in [
        ("content", "content"),
        ("content", "./content/."),
        ("content", "content/okrs"),
        ("content", "content/OKRs/fy27-q1"),
        (".", "."),
    ] {
        let (config, said) = said(src, dir);
        let message =
            format!("5:13 format/bad-value: `{dir}` is where the texts are: the site would lie among them");
        assert_eq!(said, [message]);
        assert_eq!(&*config.build_dir, "site", "what is built meanwhile goes where it harms nobody");
    }
    for (src, dir) in
        [("content", "site"), ("content", "content/site"), ("content", "."), (".", "site"), ("a", "/a")]
    {
        let (config, said) = said(src, dir);
        assert_eq!((said, &*config.build_dir), (Vec::new(), dir));
    }
}

#[test]
fn a_cycle_is_not_called_as_something_else_of_the_site() {
    let said = |name: &str, alias: &str| {
        let cycle = format!("[cycle.\"{name}\"]\nstart = 2026-01-01\naliases = [\"{alias}\"]\n");
        read(&format!("[book]\ntitle = \"B\"\n\n{cycle}"))
    };
    for (name, alias) in [("summer", "2026-summer"), ("a.b_c-d", "calendar"), ("Unit", "calendar-x")] {
        assert_eq!(said(name, alias).1, Vec::<String>::new());
    }
    for taken in ["units", "People", "timeline", "health", "404.html", "calendar-team.ics"] {
        let what = format!("a cycle cannot be called `{taken}`: the site has something of that name");
        assert_eq!(said(taken, "x").1, [format!("4:8 format/taken-name: {what}")]);
        let (config, of_alias) = said("x", taken);
        assert_eq!(of_alias, [format!("6:12 format/taken-name: {what}")]);
        assert_eq!(config.declared[0].aliases.len(), 0);
    }
    for bad in ["..", "../x", "a/", "a b", "é"] {
        assert_eq!(said("x", bad).1, [format!("6:12 format/bad-id: `{bad}` cannot name a cycle")]);
    }
}

#[test]
fn a_handle_is_no_folder_above() {
    for handle in [".", "..", "@.."] {
        let (config, said) = read(&format!("[book]\ntitle = \"B\"\n\n[person.\"{handle}\"]\nname = \"N\"\n"));
        assert_eq!(said, [format!("4:9 format/bad-id: `{handle}` is no handle")]);
        assert_eq!(config.people.len(), 0);
    }
}
