//! Whether what somebody says is their family name is one of those in the full name that the clinic has. Nobody has told the clinic where
//! the family name begins, and people have one, two, or one of several words. So what is taken is kind; but a given name alone, which
//! stands in every message to them, is never enough.

use unicode_normalization::UnicodeNormalization;

/// Small words that people say or leave out: `María de la Cruz`, `Ludwig van Beethoven`, `Ortega y Gasset`.
const SMALL: [&str; 30] = [
    "a", "af", "al", "da", "das", "de", "degli", "del", "della", "den", "der", "di", "dos", "du", "e", "el",
    "i", "la", "las", "le", "lo", "los", "ten", "ter", "van", "vande", "von", "y", "zu", "zum",
];

/// What stands after a comma and is no given name.
const AFTER: [&str; 7] = ["jr", "sr", "ii", "iii", "iv", "md", "phd"];

/// Whether `said` is a family name of who is called `name`: without regard to case, accents, hyphens, blanks and small words.
pub(super) fn is_family_name(said: &str, name: &str) -> bool {
    let said = letters(&important(&words(said)));
    !said.is_empty() && accepted(name).contains(&said)
}

/// All that is right, by its letters alone.
fn accepted(name: &str) -> Vec<String> {
    let (first, after) = name.split_once(',').unwrap_or((name, ""));
    let is_title =
        words(after).iter().all(|word| AFTER.contains(&letters(std::slice::from_ref(word)).as_str()));
    if is_title {
        let words = words(first);
        let important = important(&words);
        // The full name, and whatever it ends with.
        let mut found: Vec<String> = (0..important.len()).map(|from| letters(&important[from..])).collect();
        // The first of two family names, where there is a given name before it. A single name is all that there is.
        if let [.., _, first, _] = &important[..] {
            found.push(letters(std::slice::from_ref(first)));
        }
        // Either half of a double one.
        if words.len() > 1 {
            found.extend(important.last().into_iter().flat_map(|last| halves(last)));
        }
        // What is left of a name that begins with a small word, as `Al Gore`.
        found.push(letters(&words));
        return found;
    }
    // `Family, Given`: here the clinic has told.
    let (family, given) = (important(&words(first)), words(after));
    let mut found: Vec<String> = (0..family.len()).map(|from| letters(&family[from..])).collect();
    found.extend(family.iter().map(|word| letters(std::slice::from_ref(word))));
    found.extend(family.iter().flat_map(|word| halves(word)));
    for full in [[&family[..], &given[..]].concat(), [&given[..], &family[..]].concat()] {
        found.push(letters(&important(&full)));
    }
    found
}

fn words(text: &str) -> Vec<String> {
    text.split([' ', ',', '\t', '\u{a0}'])
        .filter(|word| !letters(&[(*word).to_owned()]).is_empty())
        .map(plain)
        .collect()
}

/// Without small words; but the last word of a name is a name.
fn important(words: &[String]) -> Vec<String> {
    let last = words.len().saturating_sub(1);
    let is_kept = |index: usize, word: &str| index == last || !SMALL.contains(&word);
    words
        .iter()
        .enumerate()
        .filter(|(index, word)| is_kept(*index, word))
        .map(|(_, word)| word.clone())
        .collect()
}

fn halves(word: &str) -> Vec<String> {
    let halves: Vec<&str> = word.split(['-', '\u{2010}', '\u{2011}', '\u{2013}']).collect();
    if halves.len() < 2 {
        Vec::new()
    } else {
        halves.iter().map(|half| letters(&[(*half).to_owned()])).collect()
    }
}

/// In lower case and without accents: those letters too that do not fall apart into a letter and its accent.
fn plain(text: &str) -> String {
    let bare =
        text.nfkd().filter(|letter| !matches!(letter, '\u{300}'..='\u{36f}')).flat_map(char::to_lowercase);
    let mut plain = String::new();
    for letter in bare {
        match letter {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            // A capital one with a dot becomes two.
            '\u{300}'..='\u{36f}' => {}
            other => plain.push(other),
        }
    }
    plain
}

fn letters(words: &[String]) -> String {
    words.iter().flat_map(|word| word.chars()).filter(|letter| letter.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: [(&str, &[&str]); 14] = [
        ("Maria Gonzalez", &["Gonzalez", " gonzález ", "GONZÁLEZ", "Maria Gonzalez", "Gonzalez,"]),
        (
            "María García López",
            &["García López", "garcia lopez", "García", "López", "García-López", "Garcia  López"],
        ),
        ("María del Carmen García López", &["García", "López", "García López", "del Carmen García López"]),
        ("María de la Cruz García", &["de la Cruz García", "Cruz García", "de la Cruz", "Cruz", "García"]),
        ("José Ortega y Gasset", &["Ortega y Gasset", "Ortega Gasset", "Ortega", "Gasset"]),
        ("Adler, Henry", &["Adler", "adler", "Henry Adler", "Adler, Henry", "Adler Henry"]),
        ("García López, María", &["García", "López", "García López"]),
        ("van der Berg, Anna", &["van der Berg", "Berg", "Van Der Berg"]),
        ("Henry Adler, Jr.", &["Adler"]),
        (
            "Anna Müller-Lüdenscheidt",
            &["Müller-Lüdenscheidt", "Muller Ludenscheidt", "Müller", "lüdenscheidt"],
        ),
        ("Séan O\u{2019}Brien", &["O'Brien", "OBrien", "o’brien", "O Brien"]),
        ("Søren Łukasz Groß", &["Gross", "groß"]),
        ("Sukarno", &["sukarno"]),
        ("Thi Lan Le", &["Le", "Lan Le"]),
    ];

    const WRONG: [(&str, &[&str]); 12] = [
        (
            "Maria Gonzalez",
            &["", " ", "-", "Maria", "Gonzale", "Gonzalezz", "Gonzalez Maria", "de", "Gon zalez Maria"],
        ),
        ("María García López", &["María", "María García", "López García", "Lopez Lopez", "Garc", "a"]),
        ("María del Carmen García López", &["María", "Carmen", "del Carmen", "María del Carmen", "del"]),
        ("María de la Cruz García", &["María", "de la", "de", "la"]),
        ("Adler, Henry", &["Henry", "henry", ",", "Adle"]),
        ("García López, María", &["María", "López García"]),
        ("van der Berg, Anna", &["Anna", "van", "van der", "der"]),
        ("Henry Adler, Jr.", &["Henry", "Jr", "Jr."]),
        ("Anna-Lena Meier", &["Anna", "Lena", "Anna-Lena"]),
        ("Jean-Pierre Martin", &["Jean", "Pierre", "Jean-Pierre"]),
        ("Al Gore", &["Al"]),
        ("Tom La", &["Tom"]),
    ];

    #[test]
    fn whoever_has_two_family_names_or_one_says_them_as_they_like() {
        for (name, right) in RIGHT {
            for said in right {
                assert!(is_family_name(said, name), "{said} of {name}");
            }
        }
    }

    #[test]
    fn a_given_name_or_anything_else_is_no_family_name() {
        for (name, wrong) in WRONG {
            for said in wrong {
                assert!(!is_family_name(said, name), "{said} of {name}");
            }
        }
    }
}
