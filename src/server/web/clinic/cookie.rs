//! Session cookies. `__Host-`: only this very host has set it, over https (or on this machine), for all of its paths.

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};

/// The cookie of staff.
pub const STAFF: &str = "__Host-staff";

/// The cookie of who came by a link.
pub const SEAT: &str = "__Host-seat";

/// What a cookie of this name carries, if a browser sends one.
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut cookies =
        lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// Sets a cookie for this session of the browser. `Lax`: it comes along when somebody follows a link to here, and with no POST
/// from elsewhere.
pub fn set(name: &str, secret: &str) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("{name}={secret}; Path=/; Secure; HttpOnly; SameSite=Lax")).ok()
}

/// Takes a cookie away.
pub fn clear(name: &str) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("{name}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")).ok()
}
