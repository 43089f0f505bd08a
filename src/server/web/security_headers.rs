//! Headers that take away from a page what a telemedicine visit does not need.
//!
//! Source: OWASP Secure Headers Project; MDN, "Permissions-Policy".

use super::{client::Client, csp};
use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Camera and microphone are for our own pages only. `autoplay`, `fullscreen`, `picture-in-picture`, `speaker-selection`
/// and `screen-wake-lock` belong to a call; without the first a browser would not play the other side's voice.
const PERMISSIONS: HeaderValue = HeaderValue::from_static(
    "camera=(self), microphone=(self), autoplay=(self), fullscreen=(self), picture-in-picture=(self), \
     speaker-selection=(self), screen-wake-lock=(self), accelerometer=(), browsing-topics=(), \
     display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), \
     magnetometer=(), midi=(), otp-credentials=(), payment=(), publickey-credentials-get=(), serial=(), usb=(), \
     xr-spatial-tracking=()",
);

/// A year, as the preload lists ask. Not for subdomains: they may not be ours.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

const ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    // For browsers that do not know frame-ancestors.
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
];

/// Adds them to every response. A page has its own Content-Security-Policy, everything else gets the one that allows
/// nothing.
pub async fn add(request: Request, next: Next) -> Response {
    let https = request.extensions().get::<Client>().is_some_and(|client| client.https);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(csp::FOR_THE_REST);
    response
}
