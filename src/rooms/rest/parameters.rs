//! The fields of a form or a query.

use super::{Desk, Problem};
use crate::rooms::date;
use axum::{
    Form,
    extract::{FromRequest, Request},
};

/// The fields of a form (`POST`) or a query (`GET`).
#[derive(Debug, Clone, Default)]
pub(super) struct Parameters(pub Vec<(String, String)>);

impl Parameters {
    /// A field's last value. None if it is missing or empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let last = self.0.iter().rev().find(|(field, _)| field == name);
        last.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// A field that is a whole number. The error, if it is something else, is that of the field.
    pub fn number(&self, name: &str, wrong: Problem) -> Result<Option<u64>, Problem> {
        self.get(name).map(|value| value.parse().map_err(|_| wrong)).transpose()
    }

    /// A field that is true or false; false if it is missing.
    pub fn is_set(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The times between which something has to have begun, as Unix seconds: `DateCreatedAfter` (included) and
    /// `DateCreatedBefore`.
    pub fn dates(&self) -> Result<(u64, u64), Problem> {
        let date = |name, otherwise| match self.get(name) {
            None => Ok(otherwise),
            Some(text) => date::parse(text).ok_or(Problem::Unreadable),
        };
        Ok((date("DateCreatedAfter", 0)?, date("DateCreatedBefore", u64::MAX)?))
    }
}

impl FromRequest<Desk> for Parameters {
    type Rejection = Problem;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Problem> {
        // axum's form is the query where the method is GET.
        let Form(fields) = Form::from_request(request, desk).await?;
        Ok(Self(fields))
    }
}
