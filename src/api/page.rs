//! The addresses of pages. Plain links lead from one to another: there is no router in the browser.

use crate::domain::Role;

/// A page that is rendered on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// What this is, and the way in.
    Home,
    /// The open demo visit, for one side of it.
    Visit(Role),
    /// There is nothing here.
    NotFound,
}

impl Page {
    /// The pages that have an address.
    pub const ALL: [Self; 3] = [Self::Home, Self::Visit(Role::Patient), Self::Visit(Role::Provider)];

    /// The page's path.
    pub fn path(self) -> &'static str {
        match self {
            Self::Home | Self::NotFound => "/",
            Self::Visit(Role::Provider) => "/provider",
            Self::Visit(_) => "/patient",
        }
    }

    /// The page at a path; a closing slash does not matter.
    pub fn at(path: &str) -> Self {
        let path = match path.trim_end_matches('/') {
            "" => "/",
            path => path,
        };
        Self::ALL.into_iter().find(|page| page.path() == path).unwrap_or(Self::NotFound)
    }

    /// Whether the page does anything in the browser. The others are sent without script.
    pub fn hydrates(self) -> bool {
        matches!(self, Self::Visit(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_at_its_path() {
        for page in Page::ALL {
            assert_eq!(Page::at(page.path()), page);
            assert_eq!(Page::at(&format!("{}/", page.path())), page);
        }
        assert_eq!(Page::at("/nowhere"), Page::NotFound);
    }
}
