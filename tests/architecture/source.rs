//! A source file without its comments and texts, which may say anything.

use std::{fs, ops::Range, path::Path};

pub struct Source {
    /// Its path in the repository.
    pub name: String,
    /// As it is.
    pub text: String,
    /// The same length, with blanks instead of comments and the contents of string literals.
    code: String,
}

/// All Rust files below a directory of the repository; none where there is no such directory.
pub fn sources(directory: &str) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(directory), directory, &mut found);
    found
}

fn collect(directory: &Path, name: &str, found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), format!("{name}/{}", entry.file_name().to_string_lossy()));
        if path.is_dir() {
            collect(&path, &name, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = without_comments_and_strings(&text);
            found.push(Source { name, text, code });
        }
    }
}

impl Source {
    /// The crate's module that the file belongs to; none for lib.rs and main.rs.
    pub fn module(&self) -> Option<&str> {
        self.path().next()
    }

    /// The names of the modules that lead to the file, the crate's first; none for lib.rs, main.rs and what is outside of src.
    fn path(&self) -> impl Iterator<Item = &str> {
        let path =
            self.name.strip_prefix("src/").and_then(|name| name.strip_suffix(".rs")).unwrap_or_default();
        path.split('/').filter(|name| !["", "lib", "main", "mod"].contains(name))
    }

    pub fn lines(&self) -> usize {
        self.text.lines().count()
    }

    pub fn line(&self, at: usize) -> usize {
        self.code[..at].matches('\n').count() + 1
    }

    pub fn find(&self, text: &str) -> Option<usize> {
        self.code.find(text)
    }

    pub fn find_word(&self, word: &str) -> Option<usize> {
        let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        self.code.match_indices(word).map(|(at, _)| at).find(|at| {
            !part(self.code[..*at].chars().next_back()) && !part(self.code[at + word.len()..].chars().next())
        })
    }

    /// The modules named in `crate::name`, `crate::{name, name::…}`, and where; also in `super::super::name`, where that leads as
    /// far up. `*` for all of them at once.
    pub fn uses_of_the_crate(&self) -> Vec<(usize, String)> {
        let begins = |at: usize| {
            let before = &self.code[..at];
            before.ends_with("self::")
                || !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
        };
        let of_crate = self.code.match_indices("crate::").map(|(at, path)| (at, at + path.len(), 0));
        let of_super = self.code.match_indices("super::").filter(|(at, _)| begins(*at));
        let of_super = of_super.map(|(at, _)| (at, at, self.path().count() + self.inline_modules_around(at)));
        let named = |(at, rest, up)| named(&self.code[rest..], up).into_iter().map(move |name| (at, name));
        of_crate.chain(of_super).flat_map(named).collect()
    }

    /// How many `mod name { … }` a place lies in.
    fn inline_modules_around(&self, place: usize) -> usize {
        let bodies = self.code.match_indices("mod ").filter_map(|(at, word)| {
            let name = identifier(&self.code[at + word.len()..]);
            let open = at + word.len() + name.len();
            let open = self.code[open..].starts_with(" {").then_some(open + 1)?;
            Some(open..open + closing_brace(&self.code[open..])?)
        });
        bodies.filter(|body| body.contains(&place)).count()
    }

    /// Where the bodies of functions marked `#[server…]` lie.
    pub fn server_function_bodies(&self) -> impl Iterator<Item = Range<usize>> {
        self.code.match_indices("#[server").filter_map(|(at, _)| {
            let function = at + self.code[at..].find("fn ")?;
            let open = function + self.code[function..].find('{')?;
            Some(open..open + closing_brace(&self.code[open..])?)
        })
    }
}

/// The crate's modules that a path names, or a `{…}` of paths. It begins `up` levels below the crate's root.
fn named(path: &str, up: usize) -> Vec<String> {
    if let Some(group) = path.strip_prefix('{') {
        paths(group).into_iter().flat_map(|path| named(path, up)).collect()
    } else if let Some(rest) = path.strip_prefix("super::") {
        up.checked_sub(1).map(|up| named(rest, up)).unwrap_or_default()
    } else if up > 0 {
        Vec::new()
    } else if path.starts_with('*') {
        vec!["*".to_owned()]
    } else {
        vec![identifier(path)]
    }
}

/// Where each path of a `{…}` group begins, of which `group` begins after the brace.
fn paths(group: &str) -> Vec<&str> {
    let (mut depth, mut begins, mut found) = (0, true, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && depth == 0 && !c.is_whitespace() => {
                found.push(&group[at..]);
                begins = false;
            }
            _ => {}
        }
    }
    found
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, c)| {
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        (depth == 0).then_some(at)
    })
}

/// Knows line comments, block comments without nesting, and plain and raw string literals: as much Rust as is needed here.
fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if c == '"' {
            string_length(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        // As many bytes and line ends as before, so that places stay the same.
        code.extend(rest[..skipped].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
        rest = &rest[skipped..];
    }
    code
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    text.len()
}

#[test]
fn comments_and_texts_are_not_read_as_code() {
    let text = "a // crate::x\n\"crate::y \\\" \" b /* crate::z\n */ r#\"crate::\"w\"# '\"' c";
    let code = without_comments_and_strings(text);
    assert_eq!(code.len(), text.len());
    assert_eq!(code.split_whitespace().collect::<Vec<_>>(), ["a", "b", "c"]);
}

#[test]
fn uses_are_found_in_groups_and_paths() {
    let text = "use crate::{api::{Page, Other}, domain, server::{a, b::{c, d}}}; crate::rooms::x()";
    let source = Source { name: "src/app/x.rs".into(), text: text.into(), code: text.into() };
    let names: Vec<_> = source.uses_of_the_crate().into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["api", "domain", "server", "rooms"]);
}

#[test]
fn uses_by_way_of_super_are_found_where_they_lead_to_the_root() {
    let names = |name: &str, text: &str| -> Vec<String> {
        let source = Source { name: name.into(), text: text.into(), code: text.into() };
        source.uses_of_the_crate().into_iter().map(|(_, name)| name).collect()
    };
    let file = "src/domain/call/step.rs";
    assert_eq!(names(file, "use super::Call; use super::super::Role;"), [""; 0]);
    assert_eq!(names(file, "use super::super::super::server::x;"), ["server"]);
    assert_eq!(names(file, "use self::super::super::super::{server, api::Page};"), ["server", "api"]);
    assert_eq!(names(file, "use super::{a, super::{b, super::{rooms::x, *}}};"), ["rooms", "*"]);
    assert_eq!(names(file, "mod tests { use super::super::super::x; }"), [""; 0], "one level deeper");
    assert_eq!(names(file, "mod tests { use super::super::super::super::app; } super::super::y"), ["app"]);
    assert_eq!(names("src/domain/mod.rs", "super::tokens::x()"), ["tokens"]);
    assert_eq!(names("src/hydrate.rs", "super::server::x()"), ["server"]);
}

#[test]
fn bodies_of_server_functions_are_found() {
    let text =
        "crate::server::a; #[server(X)] pub async fn x() -> Y { { crate::server::b } } crate::server::c";
    let source = Source { name: "src/api/x.rs".into(), text: text.into(), code: text.into() };
    let inside = |(at, _): &(usize, String)| source.server_function_bodies().any(|body| body.contains(at));
    assert_eq!(source.uses_of_the_crate().iter().map(inside).collect::<Vec<_>>(), [false, true, false]);
}
