//! SIGHUP to the real program. Not within the test's own process: there any test with TLS would take the signal.

use super::program::Owl;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

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
    let mut owl = Owl::start(directory.path(), "127.0.0.1:0");
    let address = format!("127.0.0.1:{}", owl.port().unwrap());
    assert!(ask(&address).starts_with("HTTP/1.1 200"));

    owl.signal("HUP");
    let mut log = BufReader::new(owl.0.stderr.take().unwrap()).lines();
    let told = log.any(|line| line.unwrap().contains("there is no certificate to read again"));
    assert!(told, "the server ended: {:?}", owl.0.try_wait());
    assert!(ask(&address).starts_with("HTTP/1.1 200"));
}
