//! Whether something is what somebody looks for.

/// Whether all words of a search are in a text, in any order, in any case, with or without accents.
pub fn is_sought(search: &str, text: &str) -> bool {
    let text = plain(text);
    plain(search).split_whitespace().all(|word| text.contains(word))
}

/// In lower case, without the accents of Latin letters: nobody types them into a search.
fn plain(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(without_accent).collect()
}

fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' => 's',
        'ť' | 'ţ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::is_sought;

    #[test]
    fn words_are_found_in_any_order_case_and_with_or_without_accents() {
        for search in ["", "  ", "gonz", "GONZALEZ", "gonzález maría", "maria  gon", "pressure maria"] {
            assert!(is_sought(search, "María González Blood pressure"), "{search}");
        }
        for search in ["gonzo", "maria adler"] {
            assert!(!is_sought(search, "María González Blood pressure"), "{search}");
        }
    }
}
