//! What objectives came to: how many were reached, how many fell short.

use super::{Activity, Book, Objective};

/// A grade from which on something counts as reached.
pub const REACHED: f64 = 0.7;

/// Whether a grade counts as reached. A mean of grades may be off by the last digit.
pub fn is_reached(grade: f64) -> bool {
    grade >= REACHED - 1e-9
}

/// What active objectives came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grades {
    /// How many there are.
    pub objectives: usize,
    /// Of them with a grade of 0.7 or more.
    pub reached: usize,
    /// With a lower one.
    pub short: usize,
}

impl Grades {
    /// What objectives came to; those that are paused or dropped do not count.
    pub fn of<'a>(objectives: impl IntoIterator<Item = &'a Objective>) -> Self {
        let mut grades = Self::default();
        for objective in objectives {
            if objective.activity == Activity::Active {
                grades.add(objective.grade());
            }
        }
        grades
    }

    /// Counts one more.
    pub fn add(&mut self, grade: Option<f64>) {
        self.objectives += 1;
        match grade {
            Some(grade) if is_reached(grade) => self.reached += 1,
            Some(_) => self.short += 1,
            None => {}
        }
    }

    /// How many have no grade.
    pub fn ungraded(self) -> usize {
        self.objectives - self.reached - self.short
    }
}

impl Book {
    /// What the objectives of a cycle came to.
    pub fn grades(&self, cycle: usize) -> Grades {
        let documents = self.documents[self.documents_of(cycle)].iter();
        Grades::of(documents.flat_map(|document| &document.okrs().objectives))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_of_seven_tenths_is_reached() {
        let mut grades = Grades::default();
        for grade in [Some((0.6 + 0.7 + 0.8) / 3.0), Some((0.3 + 1.1) / 2.0), Some(0.69), None] {
            grades.add(grade);
        }
        assert_eq!(grades, Grades { objectives: 4, reached: 2, short: 1 });
        assert_eq!(grades.ungraded(), 1);
    }
}
