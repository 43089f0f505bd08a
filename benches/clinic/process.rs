//! The server under load: a process of its own, watched through `/proc`.

use crate::clinic::Clinic;
use owl_hospital::server::{Application, config::Config};
use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A server under load. Killed when dropped.
pub struct Server {
    pub address: SocketAddr,
    pub clinic: Clinic,
    child: Child,
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
        Self { address, clinic, child }
    }

    /// The processor time that it has used so far, of all its threads.
    pub fn cpu(&self) -> Duration {
        // proc_pid_stat(5): fields 14 and 15, in ticks of 10 ms. The second field may hold spaces, and ends with ")".
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("it runs");
        let (_, fields) = stat.rsplit_once(") ").expect("a name in parentheses");
        let ticks: u64 =
            fields.split(' ').skip(11).take(2).map(|field| field.parse::<u64>().expect("ticks")).sum();
        Duration::from_millis(ticks * 10)
    }

    /// Its resident memory now, and the most that it ever was, in bytes.
    pub fn memory(&self) -> (u64, u64) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line");
            line.trim().trim_end_matches(" kB").parse::<u64>().expect("kB") * 1024
        };
        (of("VmRSS:"), of("VmHWM:"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
