//! The difference of two texts, as `patch` and `git apply` read it.

/// Lines shown around a change.
const AROUND: usize = 3;
/// Beyond so many changed lines the rest is taken as changed altogether.
const MOST: usize = 4000;

/// A unified diff of a file's old and new text; empty if they are the same.
pub fn patch(path: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let steps = steps(&old, &new);
    let mut text = format!("--- a/{path}\n+++ b/{path}\n");
    for hunk in hunks(&steps) {
        let (mut a, mut b) =
            steps[..hunk.start].iter().fold((0, 0), |(a, b), step| (a + step.of_old(), b + step.of_new()));
        let (olds, news) =
            steps[hunk.clone()].iter().fold((0, 0), |(a, b), step| (a + step.of_old(), b + step.of_new()));
        text.push_str(&format!("@@ -{} +{} @@\n", extent(a, olds), extent(b, news)));
        for step in &steps[hunk] {
            let (sign, line) = match step {
                Step::Same => (' ', old[a]),
                Step::Drop => ('-', old[a]),
                Step::Add => ('+', new[b]),
            };
            text.push(sign);
            text.push_str(line);
            if !line.ends_with('\n') {
                text.push_str("\n\\ No newline at end of file\n");
            }
            a += step.of_old();
            b += step.of_new();
        }
    }
    text
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Same,
    Drop,
    Add,
}

impl Step {
    fn of_old(self) -> usize {
        usize::from(self != Self::Add)
    }

    fn of_new(self) -> usize {
        usize::from(self != Self::Drop)
    }
}

fn extent(before: usize, lines: usize) -> String {
    match lines {
        0 => format!("{before},0"),
        1 => (before + 1).to_string(),
        _ => format!("{},{lines}", before + 1),
    }
}

/// The stretches of steps with a change in them, and what is around.
fn hunks(steps: &[Step]) -> Vec<std::ops::Range<usize>> {
    let mut hunks: Vec<std::ops::Range<usize>> = Vec::new();
    for at in (0..steps.len()).filter(|at| steps[*at] != Step::Same) {
        let (start, end) = (at.saturating_sub(AROUND), (at + AROUND + 1).min(steps.len()));
        match hunks.last_mut() {
            Some(last) if start <= last.end => last.end = end,
            _ => hunks.push(start..end),
        }
    }
    hunks
}

/// How one list of lines becomes the other: what is the same at both ends, and the shortest way
/// between (Myers).
fn steps(old: &[&str], new: &[&str]) -> Vec<Step> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[head..], &new[head..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    let mut steps = vec![Step::Same; head];
    steps.extend(middle(old, new));
    steps.extend(std::iter::repeat_n(Step::Same, tail));
    steps
}

fn middle(old: &[&str], new: &[&str]) -> Vec<Step> {
    let (n, m) = (old.len() as isize, new.len() as isize);
    let most = (n + m).min(MOST as isize);
    let at = |k: isize| (k + most + 1) as usize;
    let mut furthest = vec![0_isize; (2 * most + 3) as usize];
    let mut trace = Vec::new();
    for d in 0..=most {
        trace.push(furthest.clone());
        for k in (-d..=d).step_by(2) {
            let down = k == -d || (k != d && furthest[at(k - 1)] < furthest[at(k + 1)]);
            let mut x = if down { furthest[at(k + 1)] } else { furthest[at(k - 1)] + 1 };
            while x < n && x - k < m && old[x as usize] == new[(x - k) as usize] {
                x += 1;
            }
            furthest[at(k)] = x;
            if x >= n && x - k >= m {
                return walk_back(&trace, (n, m), at);
            }
        }
    }
    let dropped = std::iter::repeat_n(Step::Drop, old.len());
    dropped.chain(std::iter::repeat_n(Step::Add, new.len())).collect()
}

fn walk_back(trace: &[Vec<isize>], end: (isize, isize), at: impl Fn(isize) -> usize) -> Vec<Step> {
    let (mut x, mut y) = end;
    let mut steps = Vec::new();
    for (d, furthest) in trace.iter().enumerate().rev() {
        let (d, k) = (d as isize, x - y);
        let down = k == -d || (k != d && furthest[at(k - 1)] < furthest[at(k + 1)]);
        let before = if down { k + 1 } else { k - 1 };
        let (from_x, from_y) = (furthest[at(before)], furthest[at(before)] - before);
        while x > from_x && y > from_y && x > 0 && y > 0 {
            steps.push(Step::Same);
            (x, y) = (x - 1, y - 1);
        }
        if d > 0 {
            steps.push(if down { Step::Add } else { Step::Drop });
        }
        (x, y) = (from_x, from_y);
    }
    steps.reverse();
    steps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_change_is_shown_with_what_is_around() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let new = "1\n2\n3\n4\nfive\n6\n7\n8\n9";
        let expected = "--- a/x.md\n+++ b/x.md\n@@ -2,8 +2,8 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n-9\n+9\n\\ No newline at end of file\n";
        assert_eq!(patch("x.md", old, new), expected);
        assert_eq!(patch("x.md", old, old), "");
        assert_eq!(patch("x", "", "a\n"), "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\n");
    }

    proptest! {
        #[test]
        fn the_steps_lead_from_one_text_to_the_other(old in "[abc\n]{0,40}", new in "[abc\n]{0,40}") {
            let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
            let (mut a, mut b) = (0, 0);
            for step in steps(&old, &new) {
                if step == Step::Same {
                    prop_assert_eq!(old[a], new[b]);
                }
                a += step.of_old();
                b += step.of_new();
            }
            prop_assert_eq!((a, b), (old.len(), new.len()));
        }
    }
}
