//! Texts with places that are more than words: a link, a name that is set off.
//!
//! A marker stands for each piece while the text is made; then the text is parted at the markers. What
//! a piece is, its user decides.

/// What stands for a piece in a text: a character of the private planes, which no author types.
pub fn marker(at: usize) -> String {
    character(at).to_string()
}

fn character(at: usize) -> char {
    u32::try_from(at).ok().and_then(|at| char::from_u32(0xF_0000 + at)).unwrap_or('\u{F_FFFD}')
}

/// A text parted at the markers of `pieces`; `plain` makes a piece of the words between them.
pub fn part<P: Clone>(said: &str, pieces: &[Vec<P>], plain: impl Fn(String) -> P) -> Vec<P> {
    let mut parted = Vec::new();
    let mut rest = String::new();
    for c in said.chars() {
        match (0..pieces.len()).find(|at| character(*at) == c) {
            Some(at) => {
                if !rest.is_empty() {
                    parted.push(plain(std::mem::take(&mut rest)));
                }
                parted.extend(pieces[at].iter().cloned());
            }
            None => rest.push(c),
        }
    }
    if !rest.is_empty() {
        parted.push(plain(rest));
    }
    parted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_parted_at_its_places() {
        let said = format!("{} and {} are late", marker(0), marker(1));
        let pieces = [vec!["Courier".to_owned()], vec!["Booking".to_owned()]];
        assert_eq!(part(&said, &pieces, |words| words), ["Courier", " and ", "Booking", " are late"]);
        assert_eq!(part("nobody is late", &pieces, |words| words), ["nobody is late"]);
    }
}
