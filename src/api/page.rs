//! The addresses of pages. Plain links lead from one to another: there is no router in the browser.

use crate::domain::Role;

/// A page that is rendered on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// What this is, and the way in.
    Home,
    /// The open demo visit, for one side of it.
    Visit(Role),
    /// The patient's own visit, in every stage; who came by a link.
    Seat,
    /// The provider's queue.
    Queue,
    /// One visit, as its provider has it.
    ClinicVisit,
    /// There is nothing here.
    NotFound,
}

impl Page {
    /// The pages that have an address.
    pub const ALL: [Self; 6] = [
        Self::Home,
        Self::Visit(Role::Patient),
        Self::Visit(Role::Provider),
        Self::Seat,
        Self::Queue,
        Self::ClinicVisit,
    ];

    /// The page's path. A visit's id follows that of [`Page::ClinicVisit`].
    pub fn path(self) -> &'static str {
        match self {
            Self::Home | Self::NotFound => "/",
            Self::Visit(Role::Provider) => "/provider",
            Self::Visit(_) => "/patient",
            Self::Seat => "/visit",
            Self::Queue => "/clinic",
            Self::ClinicVisit => "/clinic/visits",
        }
    }

    /// The page at a path; a closing slash does not matter.
    pub fn at(path: &str) -> Self {
        let path = match path.trim_end_matches('/') {
            "" => "/",
            path => path,
        };
        if path.strip_prefix(Self::ClinicVisit.path()).is_some_and(|id| id.starts_with('/')) {
            return Self::ClinicVisit;
        }
        Self::ALL.into_iter().find(|page| page.path() == path).unwrap_or(Self::NotFound)
    }

    /// Whether the page does anything in the browser. The others are sent without script.
    pub fn hydrates(self) -> bool {
        !matches!(self, Self::Home | Self::NotFound)
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
        assert_eq!(Page::at("/clinic/visits/0123"), Page::ClinicVisit);
        assert_eq!(Page::at("/clinic/visitsabc"), Page::NotFound);
    }
}
