//! Every route that the server answers at, read from the router that serves them: so no list can lack one.

use super::{
    app::TestApp,
    fixtures::{clinic, log_in, post},
};
use std::collections::{BTreeSet, HashMap};

/// A path as it was registered, `{id}` and all, and a method that is answered there. HEAD goes with GET.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    pub path: String,
    pub method: String,
}

impl Route {
    /// `POST /visit/leave`.
    pub fn parse(text: &str) -> Self {
        let (method, path) = text.split_once(' ').expect("a method and a path");
        Self { path: path.to_owned(), method: method.to_owned() }
    }

    pub fn is_safe(&self) -> bool {
        self.method == "GET"
    }

    /// With something in place of `{id}`.
    pub fn at(&self, id: &str) -> String {
        self.path.replace("{id}", id)
    }
}

/// All of them, but for the tests' own server functions.
pub fn all(app: &TestApp) -> BTreeSet<Route> {
    // axum has no way to ask a router for its routes, but it shows them to whoever looks for faults.
    let shown = format!("{:?}", app.application.router());
    let of_router = shown.split(", fallback_router").next().unwrap();
    let (table, paths) = of_router.split_once("paths: {").expect("a table of paths");
    let methods: HashMap<&str, Vec<String>> = table.split("RouteId(").skip(1).map(methods).collect();
    let mut routes = BTreeSet::new();
    for shown in paths.split("RouteId(").skip(1) {
        let (id, path) = shown.split_once("): \"").expect("an id and a path");
        let path = path.split('"').next().unwrap();
        for method in methods[id].iter().filter(|_| !path.starts_with("/api/probe_")) {
            routes.insert(Route { path: path.to_owned(), method: method.clone() });
        }
    }
    assert!(routes.len() > 50, "too few to be all: {routes:?}");
    routes
}

/// `17): MethodRouter(MethodRouter { get: Route, head: None, …`
fn methods(shown: &str) -> (&str, Vec<String>) {
    let (id, router) = shown.split_once(')').expect("an id");
    let fields =
        router.split("{ ").nth(1).expect("methods").split(", ").filter_map(|field| field.split_once(": "));
    let fields =
        fields.take_while(|(name, _)| *name != "fallback").filter(|(_, endpoint)| *endpoint != "None");
    (id, fields.map(|(name, _)| name.to_ascii_uppercase()).collect())
}

#[tokio::test]
async fn what_no_route_is_for_is_answered_nowhere() {
    let (app, _) = clinic(&[]).await;
    let (desk, admin) = (log_in(&app, "desk").await, log_in(&app, "admin").await);
    let routes = all(&app);
    for Route { path, .. } in &routes {
        let cookie = if path.starts_with("/admin") { &admin } else { &desk };
        for method in ["DELETE", "PUT", "PATCH", "POST", "TRACE", "CONNECT", "OPTIONS", "GET"] {
            if routes.contains(&Route { path: path.clone(), method: method.to_owned() }) {
                continue;
            }
            let mut request = post(&path.replace("{id}", "0"), cookie, "");
            *request.method_mut() = method.parse().unwrap();
            // Or whoever keeps the door leads away.
            let status = app.send(request).await.status;
            assert!(matches!(status.as_u16(), 405 | 303), "{method} {path}: {status}");
        }
    }
}
