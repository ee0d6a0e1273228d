//! Numbers as people read them: the only place where a number becomes text for a page.
//!
//! Rounding works on the shortest decimal form of a number, half away from zero, so that 1.005
//! becomes 1.01 with two decimals, as on paper, although its binary form is a little less.
//! Negative numbers have a minus sign (U+2212); there is no negative zero. What is not finite
//! is shown as a dash (–): documents have no such numbers, but no number may stop a build.
//!
//! Knows no language: the [`Separators`] are the language's, and words are its too.

/// A no-break space: between a number and its unit, so that no line ends there.
const NO_BREAK_SPACE: char = '\u{a0}';
const PERCENT: &str = "{n}\u{a0}%";
const MINUS: char = '\u{2212}';
const NOT_FINITE: &str = "–";

/// How a language separates the digits of a number and writes a share, and numbers written so. The
/// default is English: 12,345.6 and 44 %.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Separators {
    /// Before the decimals.
    pub decimal: String,
    /// Between groups of three digits, in numbers of five digits and more. May be empty.
    pub thousands: String,
    /// A share in per cent, with the number in the place of `{n}`.
    pub percent: String,
}

impl Default for Separators {
    fn default() -> Self {
        Self { decimal: ".".to_owned(), thousands: ",".to_owned(), percent: PERCENT.to_owned() }
    }
}

impl Separators {
    /// A number as its author wrote it, in full: the fewest decimals that tell it from every
    /// other number. From 1e15, and below 1e-7, with an exponent.
    pub fn plain(&self, value: f64) -> String {
        let mut text = String::with_capacity(24);
        self.add_plain(value, &mut text);
        text
    }

    fn add_plain(&self, value: f64, text: &mut String) {
        if let Some(whole) = whole(value) {
            return self.add_signed(whole, text);
        }
        if !(1e-6..1e15).contains(&value.abs()) {
            return text.push_str(&self.write(Decimal::new(value)));
        }
        // the fewest decimals are what it is displayed with anyway
        let digits = value.abs().to_string();
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        if value < 0.0 {
            text.push(MINUS);
        }
        self.group(whole, text);
        text.push_str(&self.decimal);
        text.push_str(fraction);
    }

    /// A number that was computed: at most three decimals, or below 1 three significant digits,
    /// without trailing zeros. Less than half a billionth is 0, for it is what arithmetic left
    /// over. Not for what an author wrote: 99.9999 becomes 100.
    pub fn shown(&self, value: f64) -> String {
        if let Some(whole) = whole(value) {
            return self.signed(whole);
        }
        let decimal = Decimal::new(value).map(|decimal| {
            let zeros_after_point = -decimal.point.min(0);
            decimal.rounded((3 + zeros_after_point).min(9))
        });
        self.write(decimal)
    }

    /// A fraction of one in whole per cent: 0.444 is `44 %`, with a no-break space in English.
    pub fn percent(&self, fraction: f64) -> String {
        let percent = match hundredths(fraction) {
            Some(whole) => self.signed(whole),
            None => self.write(Decimal::new(fraction).map(|decimal| decimal.times_hundred().rounded(0))),
        };
        self.percent.replace("{n}", &percent)
    }

    /// A number as its author wrote it with its unit, if it has one: `99.7 %`, `58 hours`.
    pub fn with_unit(&self, value: f64, unit: Option<&str>) -> String {
        let mut text = String::with_capacity(24);
        self.add_plain(value, &mut text);
        add_unit(&mut text, unit);
        text
    }

    /// A count.
    pub fn whole(&self, count: u64) -> String {
        let mut text = String::new();
        self.group(&count.to_string(), &mut text);
        text
    }

    fn signed(&self, whole: i64) -> String {
        let mut text = String::with_capacity(24);
        self.add_signed(whole, &mut text);
        text
    }

    fn add_signed(&self, whole: i64, text: &mut String) {
        if whole < 0 {
            text.push(MINUS);
        }
        match whole.unsigned_abs() {
            // most numbers, which need no groups
            few @ 0..100 => {
                if few >= 10 {
                    text.push(digit(few / 10));
                }
                text.push(digit(few % 10));
            }
            many => self.group(&many.to_string(), text),
        }
    }

    fn write(&self, decimal: Option<Decimal>) -> String {
        let Some(decimal) = decimal else {
            return NOT_FINITE.to_owned();
        };
        let mut text = String::new();
        if decimal.negative {
            text.push(MINUS);
        }
        let ordinary = (-6..=15).contains(&decimal.point);
        let exponent = if ordinary { 0 } else { decimal.point - 1 };
        let (whole, fraction) = decimal.parts(exponent);
        self.group(&whole, &mut text);
        if !fraction.is_empty() {
            text.push_str(&self.decimal);
            text.push_str(&fraction);
        }
        if !ordinary {
            text.push_str(&format!("e{exponent}"));
        }
        text
    }

    /// Adds digits, in groups if they are many.
    fn group(&self, digits: &str, text: &mut String) {
        if digits.len() <= 4 {
            text.push_str(digits);
            return;
        }
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push_str(&self.thousands);
            }
            text.push(digit);
        }
    }
}

/// The digit of a number below ten.
fn digit(number: u64) -> char {
    char::from(b'0' + (number % 10) as u8)
}

/// What most numbers are: whole, and far from an exponent.
fn whole(value: f64) -> Option<i64> {
    const MOST: f64 = 1e15;
    // within what an i64 holds; the comparison is false for what is no number
    (value.abs() < MOST && value.fract() == 0.0).then_some(value as i64)
}

/// A fraction in whole hundredths, where its binary form cannot lead to another one than its decimal
/// form: far from a half, and not large.
fn hundredths(fraction: f64) -> Option<i64> {
    const MOST: f64 = 1e6;
    const APART: f64 = 1e-6;
    let hundred = fraction * 100.0;
    let from_half = (hundred.abs().fract() - 0.5).abs();
    // both comparisons are false for what is no number
    (hundred.abs() < MOST && from_half > APART).then(|| hundred.round() as i64)
}

/// A number in words already, and its unit with a no-break space before it. An empty unit is
/// none.
pub fn join(number: &str, unit: Option<&str>) -> String {
    let mut text = number.to_owned();
    add_unit(&mut text, unit);
    text
}

fn add_unit(text: &mut String, unit: Option<&str>) {
    if let Some(unit) = unit.map(str::trim).filter(|unit| !unit.is_empty()) {
        text.push(NO_BREAK_SPACE);
        text.push_str(unit);
    }
}

/// A difference of two fractions in whole points of per cent: 0.234 is 23. A number and no text,
/// for the word agrees with it (1 point, 23 points). What is not a number is 0.
pub fn points(difference: f64) -> i64 {
    hundredths(difference).unwrap_or_else(|| exact_points(difference))
}

fn exact_points(difference: f64) -> i64 {
    Decimal::new(difference).map_or(0, |decimal| decimal.times_hundred().rounded(0).whole())
}

/// A finite number in decimal: 0.DIGITS times ten to the power of `point`.
#[derive(Clone, Debug)]
struct Decimal {
    /// Never so for zero.
    negative: bool,
    /// ASCII digits without zeros at either end; none for zero.
    digits: String,
    point: i32,
}

impl Decimal {
    /// The shortest decimal that is read back as `value`.
    fn new(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let scientific = format!("{:e}", value.abs());
        let (mantissa, exponent) = scientific.split_once('e')?;
        let decimal = Self {
            negative: value < 0.0,
            digits: mantissa.replace('.', ""),
            point: exponent.parse::<i32>().ok()? + 1,
        };
        Some(decimal.trimmed())
    }

    fn times_hundred(mut self) -> Self {
        if !self.digits.is_empty() {
            self.point += 2;
        }
        self
    }

    /// With at most so many decimals, half away from zero.
    fn rounded(mut self, decimals: i32) -> Self {
        let kept = self.point.saturating_add(decimals);
        let Ok(kept) = usize::try_from(kept) else {
            self.digits.clear();
            return self.trimmed();
        };
        let Some(&first_cut) = self.digits.as_bytes().get(kept) else {
            return self;
        };
        self.digits.truncate(kept);
        if first_cut >= b'5' {
            self.count_up();
        }
        self.trimmed()
    }

    /// Adds one to the last digit that is kept.
    fn count_up(&mut self) {
        while let Some(last) = self.digits.pop() {
            if last != '9' {
                self.digits.push(char::from(last as u8 + 1));
                return;
            }
        }
        self.digits.push('1');
        self.point += 1;
    }

    fn trimmed(mut self) -> Self {
        let end = self.digits.trim_end_matches('0').len();
        self.digits.truncate(end);
        if self.digits.is_empty() {
            self.negative = false;
            self.point = 0;
        }
        self
    }

    /// The digits before and after the point, of the number divided by ten to the power of
    /// `exponent`. There is at least one before.
    fn parts(&self, exponent: i32) -> (String, String) {
        let point = self.point - exponent;
        let Ok(point) = usize::try_from(point) else {
            let zeros = "0".repeat(point.unsigned_abs() as usize);
            return ("0".to_owned(), zeros + &self.digits);
        };
        if point == 0 {
            return ("0".to_owned(), self.digits.clone());
        }
        match self.digits.split_at_checked(point) {
            Some((whole, fraction)) => (whole.to_owned(), fraction.to_owned()),
            None => (format!("{:0<point$}", self.digits), String::new()),
        }
    }

    /// A number without decimals, as near as it can be stored.
    fn whole(&self) -> i64 {
        const MOST_DIGITS: i32 = 18;
        let magnitude = if self.point > MOST_DIGITS {
            i64::MAX
        } else {
            let (whole, _) = self.parts(0);
            whole.parse().unwrap_or(i64::MAX)
        };
        if self.negative { -magnitude } else { magnitude }
    }
}

#[cfg(test)]
mod tests;
