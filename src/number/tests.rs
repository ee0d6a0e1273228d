use super::*;

fn english() -> Separators {
    Separators::default()
}

#[test]
fn plain_numbers_are_what_was_written() {
    for (value, expected) in [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-1.5, "−1.5"),
        (10.0, "10"),
        (99.95, "99.95"),
        (99.9995, "99.9995"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.30000000000000004"),
        (0.000_123, "0.000123"),
        (0.000_000_1, "0.0000001"),
        (999.0, "999"),
        (1234.0, "1234"),
        (9999.5, "9999.5"),
        (10_000.0, "10,000"),
        (-10_000.25, "−10,000.25"),
        (100_000.0, "100,000"),
        (1_234_567.891_011, "1,234,567.891011"),
        (999_999_999_999_999.0, "999,999,999,999,999"),
        (1e15, "1e15"),
        (1.5e15, "1.5e15"),
        (-2.5e300, "−2.5e300"),
        (0.000_000_012, "1.2e-8"),
        (f64::MAX, "1.7976931348623157e308"),
        (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
        (5e-324, "5e-324"),
        (f64::NAN, "–"),
        (f64::INFINITY, "–"),
        (f64::NEG_INFINITY, "–"),
    ] {
        assert_eq!(english().plain(value), expected, "{value:?}");
    }
}

#[test]
fn plain_numbers_in_other_languages() {
    for (decimal, thousands, expected) in [
        (",", ".", "−1.234.567,25"),
        (",", "\u{202f}", "−1\u{202f}234\u{202f}567,25"),
        (".", "’", "−1’234’567.25"),
        (".", "", "−1234567.25"),
    ] {
        let separators = Separators {
            decimal: decimal.to_owned(),
            thousands: thousands.to_owned(),
            ..Separators::default()
        };
        assert_eq!(separators.plain(-1_234_567.25), expected);
    }
}

#[test]
fn shown_numbers_are_rounded_and_short() {
    for (value, expected) in [
        (0.0, "0"),
        (-0.0, "0"),
        (0.444_444_4, "0.444"),
        (2.0 / 3.0, "0.667"),
        (0.1 + 0.2, "0.3"),
        (0.044_444, "0.0444"),
        (0.000_123_456, "0.000123"),
        (0.999_6, "1"),
        (0.099_96, "0.1"),
        (1.234_5, "1.235"),
        (1.000_5, "1.001"),
        (-1.000_5, "−1.001"),
        (1.000_49, "1"),
        (-0.000_000_04, "−4e-8"),
        (0.1 + 0.2 - 0.3, "0"),
        (-0.000_000_000_04, "0"),
        (99.999_9, "100"),
        (9_999.999_9, "10,000"),
        (12_345.678_9, "12,345.679"),
        (1.234_56e18, "1.23456e18"),
        (f64::NAN, "–"),
    ] {
        assert_eq!(english().shown(value), expected, "{value:?}");
    }
}

#[test]
fn per_cent_is_whole() {
    for (fraction, expected) in [
        (0.0, "0\u{a0}%"),
        (-0.0, "0\u{a0}%"),
        (0.444_4, "44\u{a0}%"),
        (0.285, "29\u{a0}%"),
        (0.005, "1\u{a0}%"),
        (0.004_999, "0\u{a0}%"),
        (-0.004, "0\u{a0}%"),
        (-0.005, "−1\u{a0}%"),
        (0.05, "5\u{a0}%"),
        (0.5, "50\u{a0}%"),
        (0.994_9, "99\u{a0}%"),
        (0.995, "100\u{a0}%"),
        (1.0, "100\u{a0}%"),
        (1.5, "150\u{a0}%"),
        (123.456, "12,346\u{a0}%"),
        (1e300, "1e302\u{a0}%"),
        (5e-324, "0\u{a0}%"),
        (f64::NAN, "–\u{a0}%"),
    ] {
        assert_eq!(english().percent(fraction), expected, "{fraction:?}");
    }
}

#[test]
fn every_whole_per_cent_is_itself() {
    for percent in 0..=1000_u16 {
        let expected = format!("{percent}\u{a0}%");
        assert_eq!(english().percent(f64::from(percent) / 100.0), expected);
        assert_eq!(points(f64::from(percent) / -100.0), -i64::from(percent));
    }
}

#[test]
fn points_are_numbers() {
    for (difference, expected) in [
        (0.0, 0),
        (0.234, 23),
        (-0.234, -23),
        (0.235, 24),
        (-0.235, -24),
        (0.29 - 0.52, -23),
        (1.0, 100),
        (1e15, 100_000_000_000_000_000),
        (1e300, i64::MAX),
        (-1e300, -i64::MAX),
        (f64::NAN, 0),
        (f64::INFINITY, 0),
    ] {
        assert_eq!(points(difference), expected, "{difference:?}");
    }
}

#[test]
fn units_stay_with_their_number() {
    assert_eq!(english().with_unit(99.7, Some("%")), "99.7\u{a0}%");
    assert_eq!(english().with_unit(58.0, Some("hours")), "58\u{a0}hours");
    assert_eq!(english().with_unit(58.0, Some("")), "58");
    assert_eq!(english().with_unit(58.0, Some(" ")), "58");
    assert_eq!(english().with_unit(-12_000.0, None), "−12,000");
    assert_eq!(join("0.444", Some("h")), "0.444\u{a0}h");
}

#[test]
fn counts() {
    for (count, expected) in
        [(0, "0"), (9_999, "9999"), (10_000, "10,000"), (u64::MAX, "18,446,744,073,709,551,615")]
    {
        assert_eq!(english().whole(count), expected);
    }
}

#[test]
fn any_bits_of_a_number_are_written_and_read_back() {
    let separators =
        Separators { decimal: ".".to_owned(), thousands: String::new(), ..Separators::default() };
    let mut bits: u64 = 0x9e37_79b9_7f4a_7c15;
    for _ in 0..100_000 {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        let value = f64::from_bits(bits);
        let plain = separators.plain(value);
        let (_shown, _percent, _points) = (separators.shown(value), separators.percent(value), points(value));
        if value.is_finite() {
            let read: f64 = plain.replace(MINUS, "-").parse().unwrap();
            assert_eq!(read, value, "{plain}");
        }
    }
}

#[test]
fn shown_numbers_are_near() {
    let separators =
        Separators { decimal: ".".to_owned(), thousands: String::new(), ..Separators::default() };
    for step in -20_000..20_000 {
        let value = f64::from(step) / 7_000.0;
        let shown = separators.shown(value).replace(MINUS, "-");
        let read: f64 = shown.parse().unwrap();
        assert!((read - value).abs() <= 0.000_500_001, "{value} {shown}");
        assert!(!shown.contains('.') || !shown.ends_with('0'), "{shown}");
    }
}

#[test]
fn a_share_is_written_as_the_language_writes_it() {
    let with = |percent: &str| Separators { percent: percent.to_owned(), ..Separators::default() };
    assert_eq!(with("{n}%").percent(0.444), "44%");
    assert_eq!(with("%{n}").percent(-0.1), "%−10");
    assert_eq!(with("").percent(0.5), "", "a pattern without the number is its author's choice");
}

#[test]
fn what_is_written_without_detours_is_the_same() {
    let separators =
        Separators { decimal: ".".to_owned(), thousands: ",".to_owned(), ..Separators::default() };
    let mut bits: u64 = 0x2545_f491_4f6c_dd1d;
    let mut random = || {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        bits
    };
    for round in 0..200_000 {
        // of every size, and close to a half of a per cent
        let value = match round % 3 {
            0 => f64::from_bits(random()),
            1 => (random() % 4_000) as f64 / 2_000.0 - 1.0,
            _ => (random() % 2_000_000) as f64 / 1_000.0 - 1_000.0,
        };
        assert_eq!(points(value), exact_points(value), "{value:e}");
        assert_eq!(separators.plain(value), separators.write(Decimal::new(value)), "{value:e}");
        let exact = separators.write(Decimal::new(value).map(|decimal| decimal.times_hundred().rounded(0)));
        assert_eq!(separators.percent(value), format!("{exact}\u{a0}%"), "{value:e}");
    }
}
