//! What the pages about accounts are made from. They are plain HTML, so none of this travels.

use crate::domain::visit::StaffRole;

/// One account, as an admin sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Opaque.
    pub id: String,
    /// As patients read it.
    pub name: String,
    /// By which they log in.
    pub email: String,
    /// What they may do.
    pub role: StaffRole,
    /// Whether nobody can log in with it.
    pub disabled: bool,
}

/// One browser that somebody is logged in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// When they logged in, in words.
    pub since: String,
    /// When they last used it, in words.
    pub seen: String,
    /// Whether it is the one that reads.
    pub is_this: bool,
}

/// How codes at log-in stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecondFactor {
    /// None are asked for.
    Off,
    /// A key was made, and waits for its first code.
    Begun {
        /// To type, in groups of four.
        key: String,
        /// To open on the device that has the app.
        address: String,
    },
    /// They are asked for.
    On,
    /// They are asked for from now on. The recovery codes, which cannot be read again.
    JustOn {
        /// Each works once.
        recovery: Vec<String>,
    },
}

/// The name of a role.
pub fn role_name(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Admin => "Admin",
        StaffRole::Provider => "Provider",
        StaffRole::FrontDesk => "Front desk",
    }
}

/// How a form says a role.
pub fn role_value(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Admin => "admin",
        StaffRole::Provider => "provider",
        StaffRole::FrontDesk => "front-desk",
    }
}

/// The role that a form says.
pub fn role_of(value: &str) -> Option<StaffRole> {
    [StaffRole::Admin, StaffRole::Provider, StaffRole::FrontDesk]
        .into_iter()
        .find(|role| role_value(*role) == value)
}
