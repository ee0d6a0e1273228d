//! What of the index changes with what, and how large its files are.

use std::collections::BTreeMap;

use super::*;
use crate::inputs::Content;

/// Words for titles: a few that are everywhere, many that are rare.
fn title(number: usize) -> String {
    let rare = |salt: usize| {
        let mut state = (number * 31 + salt) as u64;
        state = xxhash_rust::xxh3::xxh3_64(&state.to_le_bytes());
        let letters = "abcdefghijklmnopqrstuvwxyz".as_bytes();
        let length = 4 + (state % 5) as usize;
        (0..length).map(|at| char::from(letters[(state >> (5 * at)) as usize % 26 / 2])).collect::<String>()
    };
    format!("Raise {} of {} for {}", rare(1), rare(2), rare(3))
}

fn thing(at: At, kind: Kind, title: String) -> Thing {
    Thing {
        at,
        kind,
        title,
        rest: String::new(),
        note: String::new(),
        lesser: String::new(),
        text: String::new(),
    }
}

fn leaf(number: u32) -> Leaf {
    let mut things = vec![thing(At::Leaf, Kind::Document, format!("Unit {number}"))];
    for objective in 0..3 {
        let seed = number as usize * 100 + objective as usize * 10;
        things.push(thing(At::Item(objective), Kind::Objective, title(seed)));
        for of in 0..3 {
            things.push(thing(At::Within(objective, of), Kind::KeyResult, title(seed + 1 + of as usize)));
        }
    }
    Leaf { number, url: format!("fy27-q1/unit-{number}/"), mark: "m-final".to_owned(), things }
}

fn book(leaves: Vec<Leaf>) -> Vec<Part> {
    let part = |id: &str, leaves| Part { id: id.to_owned(), title: id.to_owned(), phase: "running", leaves };
    vec![part("fy27-q1", leaves), part("fy26-q4", (0..20).map(leaf).collect())]
}

fn findable(parts: &[Part]) -> Findable<'_> {
    Findable {
        parts: parts.iter().map(|part| Box::new(|| part.clone()) as Maker<'_>).collect(),
        levels: vec!["Company".to_owned()],
        units: vec![("Unit".to_owned(), 0)],
        language: "en".to_owned(),
        words: json!({}),
    }
}

fn made(all: &[Part]) -> BTreeMap<String, Vec<u8>> {
    files(Known::default().index(&findable(all)))
}

fn files(files: Vec<SiteFile>) -> BTreeMap<String, Vec<u8>> {
    let count = files.len();
    let made = files.into_iter().map(|file| match file.content {
        Content::Made(bytes) => (file.path, bytes.to_vec()),
        Content::Copied(_) => panic!("the index is made"),
    });
    let made: BTreeMap<_, _> = made.collect();
    assert_eq!(made.len(), count, "two files of one name");
    made
}

/// The files that are new after a change.
fn changed(before: &[Part], after: &[Part]) -> Vec<usize> {
    let (before, after) = (made(before), made(after));
    let new = after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes));
    new.map(|(_, bytes)| bytes.len()).collect()
}

const LARGE: u32 = 400;

fn in_files(part: &Part) -> Vec<(String, String)> {
    terms::in_files(&terms::of(part, stride(part)))
}

#[test]
fn an_edit_changes_few_small_files() {
    let before = book((0..LARGE).map(leaf).collect());
    let all = made(&before);
    assert!(all.len() > 60, "{}", all.len());
    let mut after = before.clone();
    // a check-in: the fact beside one title
    after[0].leaves[200].things[2].note = "48 %".to_owned();
    let new = changed(&before, &after);
    assert!(new.len() == 3 && new.iter().all(|size| *size < 8_000), "{new:?}");
    // a title: its old words and its new ones, and the lists in which those stand that nobody else uses
    after[0].leaves[200].things[2].title = "Halve the hours until a night shift is full".to_owned();
    let new = changed(&before, &after);
    assert!(new.len() <= 24 && new.iter().all(|size| *size < 13_000), "{new:?}");
}

#[test]
fn a_unit_or_a_key_result_more_moves_nothing_else() {
    let without: Vec<Leaf> = (0..LARGE).filter(|number| *number != 200).map(leaf).collect();
    let before = book(without.clone());
    let after = book((0..LARGE).map(leaf).collect());
    let (all, new) = (made(&after).len(), changed(&before, &after));
    // the words of thirteen titles, wherever they stand in the order
    assert!(new.len() < all / 2, "{} of {all}", new.len());

    let mut more = without;
    let title = title(7);
    more[100].things.insert(3, thing(At::Within(0, 3), Kind::KeyResult, title));
    let new = changed(&before, &book(more));
    assert!(new.len() < 16, "{new:?}");
}

#[test]
fn what_is_remembered_equals_what_is_made_anew() {
    let mut known = Known::default();
    let first = book((0..LARGE).map(leaf).collect());
    let mut second = first.clone();
    second[1].leaves[3].things[0].title = "Another".to_owned();
    second[0].phase = "ended";
    second.swap(0, 1);
    for all in [&first, &second, &first] {
        assert_eq!(files(known.index(&findable(all))), made(all));
        assert_eq!(known.index(&findable(all)), index(&findable(all)));
    }
    // the day on which a cycle ends changes the first file alone
    let mut later = first.clone();
    later[0].phase = "ended";
    assert_eq!(changed(&first, &later).len(), 1);
}

#[test]
fn a_word_that_stands_everywhere_is_kept_in_part() {
    let part = Part {
        id: "fy27-q1".to_owned(),
        title: String::new(),
        phase: "",
        leaves: (0..LARGE).map(leaf).collect(),
    };
    let text = in_files(&part).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ");
    let line = |word: &str| text.split(' ').find(|line| line.split([':', '*']).next() == Some(word)).unwrap();
    assert!(line("raise").starts_with("raise*:") && line("raise").len() < 6_000, "{}", line("raise").len());
    assert!(line("unit").starts_with("unit:"), "{}", line("unit"));
}

#[test]
fn places_are_three_numbers_each() {
    let thing = |at, title: &str| thing(at, Kind::KeyResult, title.to_owned());
    let leaf = |number, things| Leaf { number, url: String::new(), mark: String::new(), things };
    let leaves = vec![
        leaf(0, vec![thing(At::Leaf, "b"), thing(At::Item(0), "a b")]),
        leaf(70, vec![thing(At::Leaf, "a"), thing(At::Within(1, 0), "a")]),
    ];
    let part = Part { id: String::new(), title: String::new(), phase: "", leaves };
    // stride 8: the item is 1, the one within the second is 10; 70 is 6 + 2 * 32
    assert_eq!(in_files(&part), [("a".to_owned(), "a:ABCmCACAKC b:AACABC".to_owned())]);
}

#[test]
fn where_a_word_has_too_many_places_its_titles_stay() {
    let leaf = |number: u32| {
        let mut only = thing(At::Leaf, Kind::Page, if number < 2_000 { "Else" } else { "Storm" }.to_owned());
        only.text = "what a storm does".to_owned();
        Leaf { number, url: String::new(), mark: String::new(), things: vec![only] }
    };
    let part =
        Part { id: String::new(), title: String::new(), phase: "", leaves: (0..2_010).map(leaf).collect() };
    let all = in_files(&part).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ");
    let line = all.split(' ').find(|line| line.starts_with("storm*:")).unwrap();
    // ten places end with the digit of a page's title, H; the others with that of a page's text, P
    let ends = &line.as_bytes()["storm*:".len()..];
    assert_eq!(ends.iter().filter(|digit| **digit == b'H').count(), 10, "{line}");
}

#[test]
fn texts_are_apart_from_titles_and_words_are_listed_once() {
    let mut part = part_of("calm", "Nobody waits on the quay, and nobody asks");
    part.leaves[0].things[0].lesser = "p95".to_owned();
    let all = made(&[part]);
    let files: Vec<String> = all.values().map(|bytes| String::from_utf8(bytes.clone()).unwrap()).collect();
    let holds = |text: &str| files.iter().filter(|file| file.contains(text)).count();
    assert_eq!(holds("Nobody waits on the quay"), 1, "{files:#?}");
    assert_eq!(holds("okrbookSearch(\"asks calm nobody quay waits\")"), 1, "{files:#?}");
}

fn part_of(title: &str, text: &str) -> Part {
    let mut only = thing(At::Leaf, Kind::Page, title.to_owned());
    only.text = text.to_owned();
    let leaf = Leaf { number: 0, url: String::new(), mark: String::new(), things: vec![only] };
    Part { id: "handbook".to_owned(), title: String::new(), phase: "", leaves: vec![leaf] }
}
