//! A day's list, as a spreadsheet saves it: comma, semicolon or tab, with or without a byte order mark.

use super::Typed;
use csv::{ReaderBuilder, StringRecord, Trim};

/// The most lines that are taken at once.
const MAX_LINES: usize = 300;

/// The columns that have to be there, and those that may.
const NEEDED: [&str; 5] = ["name", "birth date", "provider", "date", "time"];
const OPTIONAL: [&str; 5] = ["minutes", "reason", "language", "interpreter", "which"];

/// Why a list cannot be read at all. The text is for the person who gave it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// There is nothing in it.
    #[error("The list is empty. Its first line names the columns, and each line after it is an appointment.")]
    Empty,
    /// A column is not there.
    #[error(
        "The column “{missing}” is missing in the first line. These have to be there: name, birth date, provider, date, time. \
         These may be: minutes, reason, language, interpreter, which."
    )]
    Column {
        /// Which.
        missing: &'static str,
    },
    /// A column that nobody knows: a mistyped optional one would be lost silently.
    #[error(
        "Column {number} of the first line is not known. Please take it out, or name it: minutes, reason, language, interpreter, \
         which."
    )]
    Unknown {
        /// Counted from 1.
        number: usize,
    },
    /// Two columns of the same name.
    #[error("The column “{name}” is there twice. Please take one out.")]
    Twice {
        /// Which.
        name: &'static str,
    },
    /// Too long.
    #[error("The list is too long. Please give at most 300 appointments at once.")]
    TooLong,
    /// Not a text.
    #[error("This is no text that can be read. Please save the list as CSV in UTF-8.")]
    NoText,
}

/// One line of a list.
#[derive(Clone, PartialEq, Eq)]
pub struct ListLine {
    /// Its number in the file; the first line of all is 1.
    pub number: u64,
    /// What it says. None: it has another number of columns than the first line.
    pub typed: Option<Typed>,
}

/// Reads a list. What its lines say may be wrong.
///
/// # Errors
/// See [`ListError`].
pub fn read_list(text: &str) -> Result<Vec<ListLine>, ListError> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next().filter(|head| !head.trim().is_empty()).ok_or(ListError::Empty)?;
    let count = |delimiter: char| head.matches(delimiter).count();
    let delimiter = if count('\t') > 0 {
        b'\t'
    } else if count(';') > count(',') {
        b';'
    } else {
        b','
    };
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let columns = columns(reader.headers().map_err(|_| ListError::NoText)?)?;
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| ListError::NoText)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if lines.len() == MAX_LINES {
            return Err(ListError::TooLong);
        }
        let number = line_of(text, &record);
        let typed = (record.len() == columns.len()).then(|| typed(&columns, &record));
        lines.push(ListLine { number, typed });
    }
    if lines.is_empty() { Err(ListError::Empty) } else { Ok(lines) }
}

/// Where a record begins, counted from 1 as a spreadsheet does. The reader's own count is behind where lines end in CR LF or are
/// empty: it says where it began to look.
fn line_of(text: &str, record: &StringRecord) -> u64 {
    let looked =
        record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
    let is_break = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let skipped = text.as_bytes().iter().skip(looked).take_while(|byte| is_break(byte)).count();
    let before = text.as_bytes().iter().take(looked.saturating_add(skipped));
    before.filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>() + 1
}

fn columns(head: &StringRecord) -> Result<Vec<&'static str>, ListError> {
    let mut found: Vec<&'static str> = Vec::new();
    for (column, number) in head.iter().zip(1..) {
        let column = column.trim().to_lowercase().replace(['_', '-'], " ");
        let known = NEEDED.into_iter().chain(OPTIONAL).find(|known| *known == column);
        let known = known.ok_or(ListError::Unknown { number })?;
        if found.contains(&known) {
            return Err(ListError::Twice { name: known });
        }
        found.push(known);
    }
    match NEEDED.into_iter().find(|needed| !found.contains(needed)) {
        Some(missing) => Err(ListError::Column { missing }),
        None => Ok(found),
    }
}

fn typed(columns: &[&str], record: &StringRecord) -> Typed {
    let mut typed = Typed::default();
    for (column, value) in columns.iter().zip(record) {
        let field = match *column {
            "name" => &mut typed.name,
            "birth date" => &mut typed.birth_date,
            "provider" => &mut typed.provider,
            "date" => &mut typed.date,
            "time" => &mut typed.time,
            "minutes" => &mut typed.minutes,
            "reason" => &mut typed.reason,
            "language" => &mut typed.language,
            "which" => &mut typed.which,
            _ => &mut typed.interpreter,
        };
        value.clone_into(field);
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEAD: &str = "Name,Birth date,Provider,Date,Time,Reason";

    #[test]
    fn what_spreadsheets_save_is_read() {
        let line = "\"Adler, Henry\",1941-11-02,okafor@owl.example,2026-11-24,09:15,Cough";
        for (from, to) in [(",", ","), (",", ";"), (",", "\t")] {
            let text = format!("\u{feff}{HEAD}\r\n\r\n{line}\r\n,,,,,\r\n")
                .replace("Adler, Henry", "Adler Henry")
                .replace(from, to);
            let lines = read_list(&text).unwrap();
            let typed = lines[0].typed.clone().unwrap();
            assert_eq!((lines.len(), lines[0].number), (1, 3));
            assert_eq!((typed.name.as_str(), typed.time.as_str()), ("Adler Henry", "09:15"));
            assert_eq!((typed.reason.as_str(), typed.minutes.as_str()), ("Cough", ""));
        }
        let quoted = read_list(&format!("{HEAD}\n{line}")).unwrap();
        assert_eq!(quoted[0].typed.clone().unwrap().name, "Adler, Henry");
    }

    #[test]
    fn what_is_wrong_with_the_first_line_is_said() {
        let fails = |text: &str| read_list(text).err();
        assert_eq!(fails(""), Some(ListError::Empty));
        assert_eq!(fails(HEAD), Some(ListError::Empty));
        assert_eq!(fails("name,date\nx,y"), Some(ListError::Column { missing: "birth date" }));
        assert_eq!(fails(&format!("{HEAD},lenght\n")), Some(ListError::Unknown { number: 7 }));
        assert_eq!(fails(&format!("{HEAD},name\n")), Some(ListError::Twice { name: "name" }));
        let long = format!("{HEAD}\n{}", "a,b,c,d,e,f\n".repeat(301));
        assert_eq!(fails(&long), Some(ListError::TooLong));
    }

    #[test]
    fn a_line_with_another_number_of_columns_is_no_guess() {
        let lines = read_list(&format!("{HEAD}\na,b,c,d,e\na,b,c,d,e,f")).unwrap();
        assert!(lines[0].typed.is_none() && lines[1].typed.is_some());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail_otherwise(text in ".{0,300}") {
            let _ = read_list(&text);
            let _ = read_list(&format!("{HEAD}\n{text}"));
        }
    }
}
