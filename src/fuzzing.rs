//! What the fuzz targets share: from bytes to inputs that get past the first line of a parser.
//!
//! A target is a test with [`bolero::check!`] in it. `cargo test` replays its corpus (`__fuzz__/…/corpus` beside the file) and then tries
//! random inputs; a failure names the seed that repeats it. `cargo bolero test` lets libFuzzer look for more: see CONTRIBUTING.md.

/// What parsers stumble over.
const WORDS: [&str; 24] = [
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "0",
    "-1",
    "1e999",
    "0.5",
    "18446744073709551616",
    "9007199254740993",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "[[[[[[[[",
    "{\"a\":",
    "\\",
    "\"",
    ",",
    "\n",
    "\u{0}",
    "\u{7f}",
    "é",
    "\u{202e}",
    "%00",
];

/// One of `seeds`, changed here and there as `choices` say. The same choices make the same text.
pub fn mutate(seeds: &[&str], choices: &[u8]) -> String {
    let mut choices = choices.iter().copied().map(usize::from);
    let seed = choices.next().unwrap_or_default() % seeds.len();
    let mut text = seeds[seed].as_bytes().to_vec();
    while let (Some(change), Some(high), Some(low)) = (choices.next(), choices.next(), choices.next()) {
        let at = (high * 256 + low) % (text.len() + 1);
        let until = (at + 1 + change / 8).min(text.len());
        match change % 5 {
            0 => drop(text.drain(at..until)),
            1 => text.splice(at..at, WORDS[change / 5 % WORDS.len()].bytes()).for_each(drop),
            2 => text.splice(at..until, WORDS[change / 5 % WORDS.len()].bytes()).for_each(drop),
            3 => drop(text.splice(at..at, text[at..until].to_vec()).collect::<Vec<_>>()),
            _ => text.iter_mut().skip(at).take(1).for_each(|byte| *byte = byte.wrapping_add(1)),
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}
