use super::*;

fn unit(name: &str, column: usize, within: Option<usize>, supports: &[(usize, u64)]) -> MapUnit {
    MapUnit { name: name.to_owned(), column, within, supports: supports.to_vec() }
}

fn map(units: Vec<MapUnit>) -> SupportsMap {
    let columns = ["Company", "Organisations", "Teams"].map(str::to_owned).to_vec();
    SupportsMap { label: "Supports".to_owned(), columns, units }
}

fn small() -> SupportsMap {
    map(vec![
        unit("Pellworth", 0, None, &[]),
        unit("Payments", 1, Some(0), &[(0, 3)]),
        unit("Platform", 1, Some(0), &[]),
        unit("Checkout", 2, Some(1), &[(1, 2), (2, 1)]),
        unit("Fraud", 2, Some(1), &[(2, 1)]),
        unit("Runtime", 2, Some(2), &[(2, 4), (0, 1)]),
    ])
}

#[test]
fn a_unit_stands_in_the_middle_of_its_neighbourhood() {
    let layout = Layout::of(&small());
    assert_eq!(layout.y[1], f64::midpoint(layout.y[3], layout.y[4]));
    assert_eq!(layout.y[2], layout.y[5]);
    assert_eq!(layout.y[0], f64::midpoint(layout.y[1], layout.y[2]));
    assert!(layout.y[3] < layout.y[4] && layout.y[4] < layout.y[5]);
}

#[test]
fn what_leaves_a_neighbourhood_is_one_line() {
    let map = small();
    let far = map.bundles(2, false);
    assert_eq!(far[&(Some(1), 2, 1)], [(3, 1), (4, 1)]);
    let homes = map.bundles(2, true);
    assert_eq!(homes[&(Some(1), 1, 1)], [(3, 2)]);
}

#[test]
fn who_supports_nothing_is_marked_and_every_pair_is_in_the_table() {
    let map = small();
    assert_eq!(map.svg().matches("c-obj-behind").count(), 1);
    assert_eq!(
        map.supported_by(),
        [(0, vec![(1, 3), (5, 1)]), (1, vec![(3, 2)]), (2, vec![(5, 4), (3, 1), (4, 1)])]
    );
}

#[test]
fn supports_that_lead_nowhere_are_left_out() {
    let circle = map(vec![
        unit("a", 1, Some(1), &[(1, 1), (9, 1)]),
        unit("b", 1, Some(0), &[(0, 1)]),
        unit("c", 7, Some(99), &[(usize::MAX, u64::MAX)]),
    ]);
    assert!(circle.supported_by().is_empty());
    let svg = circle.svg();
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    assert!(!SupportsMap::default().svg().contains("NaN"));
}

#[test]
fn a_hundred_units_do_not_become_a_tangle() {
    let mut units = vec![unit("Company", 0, None, &[])];
    units.extend((0..9).map(|at| unit(&format!("Org {at}"), 1, Some(0), &[(0, at + 1)])));
    units.extend((0..90).map(|at| {
        let home = 1 + at / 10;
        let others: Vec<(usize, u64)> = (1..10).map(|org| (org, 1 + (at + org) as u64 % 4)).collect();
        unit(&format!("Team {at}"), 2, Some(home), &others)
    }));
    let map = map(units);
    let layout = Layout::of(&map);
    let long = map
        .curves(&layout, 2)
        .iter()
        .filter(|(class, _, path)| *class == "c-bond-far" && path.starts_with("M64"))
        .count();
    assert!(long <= MOST_BUNDLES, "{long}");
}
