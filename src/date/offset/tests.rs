use super::*;
use jiff::civil::date;

#[test]
fn offsets_and_their_shortest_form() {
    for (typed, anchor, days, shortest) in [
        ("-4w", Anchor::Start, -28, "-4w"),
        ("-10d", Anchor::Start, -10, "-10d"),
        ("-14d", Anchor::Start, -14, "-2w"),
        ("0d", Anchor::Start, 0, "0d"),
        ("0w", Anchor::Start, 0, "0d"),
        ("-0d", Anchor::Start, 0, "0d"),
        ("+0w", Anchor::Start, 0, "0d"),
        ("00d", Anchor::Start, 0, "0d"),
        ("+1w", Anchor::Start, 7, "+1w"),
        ("+007d", Anchor::Start, 7, "+1w"),
        ("end", Anchor::End, 0, "end"),
        ("end-0d", Anchor::End, 0, "end"),
        ("end-1w", Anchor::End, -7, "end-1w"),
        ("end+2w", Anchor::End, 14, "end+2w"),
        ("end+3d", Anchor::End, 3, "end+3d"),
        ("+3650d", Anchor::Start, 3650, "+3650d"),
        ("-521w", Anchor::Start, -3647, "-521w"),
    ] {
        let offset = Offset::parse(typed).unwrap();
        assert_eq!((offset.anchor(), offset.days()), (anchor, days), "{typed}");
        assert_eq!(offset.to_string(), shortest, "{typed}");
    }
}

#[test]
fn every_offset_round_trips() {
    for anchor in [Anchor::Start, Anchor::End] {
        for days in -Offset::MAX_DAYS..=Offset::MAX_DAYS {
            let offset = Offset { anchor, days };
            assert_eq!(Offset::parse(&offset.to_string()), Ok(offset));
        }
    }
}

#[test]
fn what_is_no_offset_says_what_to_write() {
    let form =
        |typed: &str| format!("`{typed}` is no offset: write one like `-4w`, `+10d`, `0d` or `end-1w`");
    for (typed, message) in [
        ("2w", "`2w` is neither before nor after: write `-2w` or `+2w`"),
        ("end2w", "`end2w` is neither before nor after: write `end-2w` or `end+2w`"),
        ("end0d", "`end0d` is neither before nor after: write `end-0d` or `end+0d`"),
        ("-1m", "`-1m` is in months, which are not of one length: count in weeks or days"),
        ("end+1y", "`end+1y` is in years, which are not of one length: count in weeks or days"),
        ("-4 w", "`-4 w` has a space in it: write `-4w`"),
        (" end - 1w", "` end - 1w` has a space in it: write `end-1w`"),
        ("-4", "`-4` has no unit: write `-4d` for days or `-4w` for weeks"),
        ("+3651d", "`+3651d` is more than ten years away"),
        ("-522w", "`-522w` is more than ten years away"),
        ("-99999999999999999999w", "`-99999999999999999999w` is more than ten years away"),
        ("+2147483647w", "`+2147483647w` is more than ten years away"),
    ] {
        assert_eq!(Offset::parse(typed).unwrap_err().to_string(), message, "{typed:?}");
    }
    for typed in [
        "", "-", "w", "-w", "--4w", "-4W", "−4w", "-4wd", "-4weeks", "start-1w", "End", "ende", "-1.5w",
        "-٤w",
    ] {
        assert_eq!(Offset::parse(typed).unwrap_err().to_string(), form(typed), "{typed:?}");
    }
}

#[test]
fn the_day_it_stands_for() {
    let (start, end) = (date(2024, 2, 1), date(2024, 4, 30));
    for (typed, expected) in [
        ("-4w", date(2024, 1, 4)),
        ("0d", date(2024, 2, 1)),
        ("+4w", date(2024, 2, 29)),
        ("end", date(2024, 4, 30)),
        ("end-1w", date(2024, 4, 23)),
        ("end+2w", date(2024, 5, 14)),
    ] {
        assert_eq!(Offset::parse(typed).unwrap().day(start, Some(end)), Some(expected), "{typed}");
    }
    let published = date(2021, 11, 1);
    assert_eq!(Offset::parse("-4w").unwrap().day(published, None), Some(date(2021, 10, 4)));
    assert_eq!(Offset::parse("-2w").unwrap().day(published, None), Some(date(2021, 10, 18)));
    assert_eq!(Offset::parse("end-1w").unwrap().day(start, None), None);
    assert_eq!(Offset::parse("+1d").unwrap().day(Date::MAX, None), None);
    assert_eq!(Offset::parse("-1d").unwrap().day(Date::MIN, None), None);
}
