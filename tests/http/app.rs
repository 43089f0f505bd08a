//! An application with its own directories, and short ways to ask it.

use axum::{
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode},
};
use http_body_util::BodyExt;
use leptos::server_fn::{ContentType, Decodes, Encodes, codec::PostcardEncoding};
use owl_hospital::{
    api::{JoinDemo, JoinTicket},
    domain::{Identity, Role},
    server::{Application, config::Config},
};
use std::{cell::RefCell, net::SocketAddr, path::Path};
use tempfile::TempDir;
use tower::ServiceExt;

pub const TWILIO: [(&str, &str); 3] = [
    ("TWILIO_ACCOUNT_SID", "AC0123456789abcdef0123456789abcdef"),
    ("TWILIO_API_KEY", "SK0123456789abcdef0123456789abcdef"),
    ("TWILIO_API_SECRET", "hush-hush-hush"),
];

thread_local! {
    /// Where this thread's test keeps its data, if not in a file.
    pub static DATABASE_URL: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A built application; its directories live as long as it.
pub struct TestApp {
    pub application: Application,
    pub directory: TempDir,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The body as text; the bytes behind it are for what is none.
    pub body: String,
    pub bytes: Bytes,
}

/// With the given settings, on a free port.
pub async fn app(settings: &[(&str, &str)]) -> TestApp {
    let directory = tempfile::tempdir().unwrap();
    let site = directory.path().join("site");
    std::fs::create_dir(&site).unwrap();
    let application = Application::build(config(directory.path(), settings)).await.unwrap();
    TestApp { application, directory }
}

pub fn config(directory: &Path, settings: &[(&str, &str)]) -> Config {
    let data = directory.join("data").into_os_string();
    let site = directory.join("site").into_os_string();
    Config::read(["owl".into()], |name| match name {
        "DATA_DIR" => Some(data.clone()),
        "LEPTOS_SITE_ROOT" => Some(site.clone()),
        "DATABASE_URL" => DATABASE_URL.with_borrow(|url| url.as_ref().map(Into::into)),
        "LISTEN" => {
            Some(settings.iter().find(|(known, _)| *known == name).map_or("127.0.0.1:0", |s| s.1).into())
        }
        _ => settings.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()),
    })
    .unwrap()
}

impl TestApp {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(get(path)).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.application.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body, bytes }
    }

    pub fn write_site(&self, name: &str, content: &[u8]) {
        let path = self.directory.path().join("site").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The ticket that a server function gave.
    pub fn ticket(&self) -> Option<JoinTicket> {
        PostcardEncoding::decode(self.bytes.clone()).ok().filter(|_| self.status == StatusCode::OK)
    }

    /// The stable code of a JSON error.
    pub fn error_code(&self) -> String {
        let json: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_default();
        let message = json["error"]["message"].as_str().unwrap_or_default();
        assert!(message.ends_with('.') || message.contains('/'), "no sentence for people: {}", self.body);
        json["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// As a browser on this machine asks.
pub fn get(path: &str) -> Request<Body> {
    from("127.0.0.1:50000", Request::get(path).header("host", "localhost:1337").body(Body::empty()).unwrap())
}

/// The arguments of `join_demo` as a page of ours sends them.
pub fn join_demo(request: Request<Body>, role: Role, identity: Option<&str>) -> Request<Body> {
    let identity = identity.map(|identity| Identity::parse(identity).unwrap());
    let arguments = PostcardEncoding::encode(&JoinDemo { role, identity }).unwrap();
    let (parts, _) = with(request, "content-type", PostcardEncoding::CONTENT_TYPE).into_parts();
    Request::from_parts(parts, arguments.into())
}

/// As a page of ours calls a server function.
pub fn post(path: &str) -> Request<Body> {
    let request = Request::post(path)
        .header("host", "localhost:1337")
        .header("origin", "http://localhost:1337")
        .header("content-type", "application/x-www-form-urlencoded");
    from("127.0.0.1:50000", request.body(Body::empty()).unwrap())
}

pub fn with(mut request: Request<Body>, name: &'static str, value: &str) -> Request<Body> {
    request.headers_mut().insert(name, value.parse().unwrap());
    request
}

pub fn without(mut request: Request<Body>, name: &'static str) -> Request<Body> {
    request.headers_mut().remove(name);
    request
}

pub fn from(peer: &str, mut request: Request<Body>) -> Request<Body> {
    let peer: SocketAddr = peer.parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    request
}
