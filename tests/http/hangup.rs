//! SIGHUP to the real program. Not within the test's own process: there any test with TLS would take the signal.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

/// Ends the program also when the test fails.
struct Owl(Child);

impl Drop for Owl {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(directory: &std::path::Path) -> Owl {
    let mut command = Command::new(env!("CARGO_BIN_EXE_owl"));
    let settings = [("LISTEN", "127.0.0.1:0"), ("LOG", "info"), ("LOG_FORMAT", "text")];
    command.envs(settings).env("DATA_DIR", directory).env("LEPTOS_SITE_ROOT", directory);
    Owl(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
}

fn ask(address: &str) -> String {
    let mut socket = TcpStream::connect(address).unwrap();
    socket.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn without_tls_there_is_nothing_to_reload_and_the_server_goes_on() {
    let directory = tempfile::tempdir().unwrap();
    let mut owl = start(directory.path());
    let mut welcome = String::new();
    BufReader::new(owl.0.stdout.take().unwrap()).read_line(&mut welcome).unwrap();
    let port = welcome.split("localhost:").nth(1).and_then(|rest| rest.split_whitespace().next());
    let address = format!("127.0.0.1:{}", port.expect(&welcome));
    assert!(ask(&address).starts_with("HTTP/1.1 200"));

    let id = owl.0.id().to_string();
    assert!(Command::new("kill").args(["-HUP", &id]).status().unwrap().success());
    let mut log = BufReader::new(owl.0.stderr.take().unwrap()).lines();
    let told = log.any(|line| line.unwrap().contains("there is no certificate to read again"));
    assert!(told, "the server ended: {:?}", owl.0.try_wait());
    assert!(ask(&address).starts_with("HTTP/1.1 200"));
}
