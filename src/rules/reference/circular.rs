//! Needs that go round in a circle.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::diagnostic::{Finding, Severity};
use crate::links::{EdgeKind, Target};
use crate::rules::{Context, Example, Rule};
use crate::source::Place;

use super::repeated::{Repeated, repeats};

pub(super) static RULE: Rule = Rule {
    name: "reference/circular",
    severity: Some(Severity::Error),
    summary: "`needs` that go round in a circle; the whole circle is shown",
    why: "\
Whoever needs something waits until it is there. In a circle everyone waits for everyone, and each \
document by itself looks reasonable; only all of them together show that nobody can begin. The need of \
an objective is a need of each of its key results. Support may not go round either, but it only ever \
points up.",
    source: "the format, section 6",
    broken: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages", needs = ["cloud/calm/rota"] },
  { id = "rota", title = "A rota that holds", needs = ["cloud/calm/pages"] },
]
+++
"#,
    ),
    mended: Example::new(
        r#"+++
shared = 2026-01-15
owner = "@ines"
[[objective]]
id = "calm"
title = "Nights are calm"
supports = ["company/trust/uptime"]
key-result = [
  { id = "pages", title = "Fewer pages at night", from = 40, to = 10, measured-in = "pages", needs = ["cloud/calm/rota"] },
  { id = "rota", title = "A rota that holds" },
]
+++
"#,
    ),
    check: Some(check),
};

/// As many circles as are reported in one book.
const MOST_CIRCLES: usize = 200;
/// As many key results of a circle as its message names.
const MOST_NAMES: usize = 6;

/// A need of a key result: which reference says so, and the key results that it leads to.
struct Need {
    edge: usize,
    to: Vec<usize>,
}

/// The key results that need something, and what they need. Numbers are in the order of paths and places.
struct Graph {
    key_results: Vec<Target>,
    needs: Vec<Vec<Need>>,
}

/// A step of a circle: from a key result, by a reference.
type Hop = (usize, usize);

fn check(context: &Context<'_>, found: &mut Vec<Finding>) {
    let graph = graph(context);
    let mut cut = BTreeSet::new();
    let all: Vec<usize> = (0..graph.key_results.len()).collect();
    let mut knots = graph.knots(&all, &cut);
    let mut circles = Vec::new();
    // a circle is cut where it closes, and what is left is looked at again
    while let Some(knot) = knots.pop() {
        if circles.len() == MOST_CIRCLES {
            break;
        }
        let circle = graph.circle(&knot, &cut);
        let Some((_, closing)) = circle.last() else { continue };
        cut.insert(*closing);
        circles.push(circle);
        knots.extend(graph.knots(&knot, &cut));
    }
    found.extend(circles.iter().map(|circle| finding(context, &graph, circle)));
}

fn graph(context: &Context<'_>) -> Graph {
    let (book, edges) = (context.book, &context.links.edges);
    let mut key_results: Vec<(Place, Target)> = Vec::new();
    for (at, document) in book.documents.iter().enumerate() {
        for (of, number, ..) in document.okrs().key_results() {
            let target = Target::KeyResult(at, of, number);
            if context.links.needs.get(&target).is_none() {
                continue;
            }
            key_results.push((target.stands(book), target));
        }
    }
    key_results.sort();
    let key_results: Vec<Target> = key_results.into_iter().map(|(_, target)| target).collect();
    let numbers: BTreeMap<Target, usize> =
        key_results.iter().enumerate().map(|(number, target)| (*target, number)).collect();
    let mut needs: Vec<Vec<Need>> = key_results.iter().map(|_| Vec::new()).collect();
    let repeats = repeats(book, edges);
    for (at, edge) in edges.iter().enumerate().filter(|(_, edge)| edge.kind == EdgeKind::Needs) {
        let Ok(to) = edge.to else { continue };
        let to = match to {
            Target::KeyResult(..) => numbers.get(&to).copied().into_iter().collect(),
            // the need of an objective is a need of each of its key results
            Target::Objective(document, of) => {
                let count = book.documents[document].okrs().objectives[of].key_results.len();
                let each = (0..count).map(|number| Target::KeyResult(document, of, number));
                each.filter_map(|target| numbers.get(&target).copied()).collect()
            }
            _ => continue,
        };
        if repeats[at] == Some(Repeated::Itself) {
            continue;
        }
        if let Some(from) = numbers.get(&Target::item(edge.document, edge.from)) {
            needs[*from].push(Need { edge: at, to });
        }
    }
    Graph { key_results, needs }
}

impl Graph {
    /// What a key result needs by references that are not cut, with the reference.
    fn after<'a>(
        &'a self,
        from: usize,
        cut: &'a BTreeSet<usize>,
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        let needs = self.needs[from].iter().filter(|need| !cut.contains(&need.edge));
        needs.flat_map(|need| need.to.iter().map(|to| (*to, need.edge)))
    }

    /// The groups of key results of which each can be reached from each other: Tarjan's algorithm, with
    /// a list in place of recursion, since circles may be long.
    fn knots(&self, among: &[usize], cut: &BTreeSet<usize>) -> Vec<Vec<usize>> {
        let mut search = Search::new(self.key_results.len(), among);
        for root in among {
            if search.seen[*root].is_some() {
                continue;
            }
            search.enter(*root);
            let mut path: Vec<(usize, Vec<usize>)> = vec![(*root, self.after_among(*root, cut, &search))];
            while let Some((at, rest)) = path.last_mut() {
                let at = *at;
                if let Some(next) = rest.pop() {
                    match search.seen[next] {
                        None => {
                            search.enter(next);
                            path.push((next, self.after_among(next, cut, &search)));
                        }
                        Some(seen) if search.open[next] => search.low[at] = search.low[at].min(seen),
                        Some(_) => {}
                    }
                    continue;
                }
                path.pop();
                search.leave(at);
                if let Some((above, _)) = path.last() {
                    search.low[*above] = search.low[*above].min(search.low[at]);
                }
            }
        }
        search.knots
    }

    fn after_among(&self, from: usize, cut: &BTreeSet<usize>, search: &Search) -> Vec<usize> {
        self.after(from, cut).map(|(to, _)| to).filter(|to| search.among[*to]).collect()
    }

    /// The shortest way from the first of a knot's key results back to it.
    fn circle(&self, knot: &[usize], cut: &BTreeSet<usize>) -> Vec<Hop> {
        let Some(first) = knot.iter().min().copied() else { return Vec::new() };
        let among: BTreeSet<usize> = knot.iter().copied().collect();
        let mut came: BTreeMap<usize, Hop> = BTreeMap::new();
        let mut queue = VecDeque::from([first]);
        while let Some(at) = queue.pop_front() {
            for (to, edge) in self.after(at, cut).filter(|(to, _)| among.contains(to)) {
                if to == first {
                    let mut hops = vec![(at, edge)];
                    let mut back = at;
                    while let Some((before, edge)) = came.get(&back).filter(|_| back != first) {
                        hops.push((*before, *edge));
                        back = *before;
                    }
                    hops.reverse();
                    return hops;
                }
                if let Entry::Vacant(free) = came.entry(to) {
                    free.insert((at, edge));
                    queue.push_back(to);
                }
            }
        }
        Vec::new()
    }
}

/// The state of a search for knots.
struct Search {
    among: Vec<bool>,
    seen: Vec<Option<usize>>,
    low: Vec<usize>,
    open: Vec<bool>,
    stack: Vec<usize>,
    count: usize,
    knots: Vec<Vec<usize>>,
}

impl Search {
    fn new(size: usize, among: &[usize]) -> Self {
        let mut is_among = vec![false; size];
        among.iter().for_each(|at| is_among[*at] = true);
        Self {
            among: is_among,
            seen: vec![None; size],
            low: vec![0; size],
            open: vec![false; size],
            stack: Vec::new(),
            count: 0,
            knots: Vec::new(),
        }
    }

    fn enter(&mut self, at: usize) {
        self.seen[at] = Some(self.count);
        self.low[at] = self.count;
        self.count += 1;
        self.open[at] = true;
        self.stack.push(at);
    }

    fn leave(&mut self, at: usize) {
        if Some(self.low[at]) != self.seen[at] {
            return;
        }
        let start = self.stack.iter().rposition(|of| *of == at).unwrap_or_default();
        let knot = self.stack.split_off(start);
        knot.iter().for_each(|of| self.open[*of] = false);
        if knot.len() > 1 {
            self.knots.push(knot);
        }
    }
}

fn finding(context: &Context<'_>, graph: &Graph, circle: &[Hop]) -> Finding {
    let (book, edges) = (context.book, &context.links.edges);
    let targets: Vec<Target> = circle.iter().map(|(at, _)| graph.key_results[*at]).collect();
    let one_cycle = targets.iter().all(|target| target.cycle(book) == targets[0].cycle(book));
    let name = |target: Target| if one_cycle { target.short(book) } else { target.reference(book) };
    let names: Vec<String> = targets.iter().map(|target| format!("`{}`", name(*target))).collect();
    let message = match names.as_slice() {
        [first, second] => format!("{first} and {second} need each other"),
        all if all.len() <= MOST_NAMES => {
            format!("key results need each other in a circle: {} → {}", all.join(" → "), all[0])
        }
        all => format!(
            "{} key results need each other in a circle: {} → … → {} → {}",
            all.len(),
            all[..3].join(" → "),
            all[all.len() - 1],
            all[0]
        ),
    };
    let mut finding = Finding::new("reference/circular", targets[0].stands(book), message)
        .help("one of them must be able to begin: take one of these needs out");
    for (at, (_, edge)) in circle.iter().enumerate() {
        let next = targets[(at + 1) % targets.len()];
        let whole = edges[*edge].to.as_ref().is_ok_and(|to| *to != next);
        let through = if whole { ", by its objective" } else { "" };
        let said = format!("{} needs `{}`{through}", names[at], name(next));
        finding = finding.related(edges[*edge].place(book), said);
    }
    match edges[circle[0].1].about(book) {
        Some(about) => finding.about(about),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(size: usize) -> Graph {
        let need = |at: usize| vec![Need { edge: at, to: vec![(at + 1) % size] }];
        Graph {
            key_results: (0..size).map(|at| Target::KeyResult(at, 0, 0)).collect(),
            needs: (0..size).map(need).collect(),
        }
    }

    #[test]
    fn a_long_circle_is_one_knot() {
        let graph = ring(100_000);
        let all: Vec<usize> = (0..100_000).collect();
        let knots = graph.knots(&all, &BTreeSet::new());
        assert_eq!(knots.len(), 1);
        let circle = graph.circle(&knots[0], &BTreeSet::new());
        assert_eq!((circle.len(), circle[0], circle[99_999]), (100_000, (0, 0), (99_999, 99_999)));
        assert!(graph.knots(&all, &BTreeSet::from([99_999])).is_empty());
    }
}
