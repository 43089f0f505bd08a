//! The server under load: a process of its own.

use crate::{clinic::Clinic, common::Process};
use owl_hospital::server::{Application, config::Config};
use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Command, Stdio},
};

/// A server under load.
pub struct Server {
    pub address: SocketAddr,
    pub clinic: Clinic,
    pub process: Process,
}

/// Serves, in the process that was started for it: settings come from the environment.
pub async fn serve() {
    let config =
        Config::read(["owl".into()], |name| std::env::var_os(name)).unwrap_or_else(|error| panic!("{error}"));
    let application = Application::build(config).await.unwrap_or_else(|error| panic!("{error}"));
    println!("{}", application.local_addr());
    application.run_until(std::future::pending()).await.expect("it listens");
}

impl Server {
    pub fn start(clinic: Clinic) -> Self {
        let site = clinic.data.path().join("site");
        fs::create_dir(&site).expect("a folder");
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .arg("--serve")
            .env_clear()
            .env("LISTEN", "127.0.0.1:0")
            .env("DATA_DIR", clinic.data.path())
            .env("LEPTOS_SITE_ROOT", site)
            .env("LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .expect("started");
        let mut line = String::new();
        let out = child.stdout.take().expect("its output");
        BufReader::new(out).read_line(&mut line).expect("an address");
        let address = line.trim().parse().expect("an address");
        Self { address, clinic, process: Process(child) }
    }
}
