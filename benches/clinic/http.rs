//! As little of a browser as there can be, so that the load generator costs less than the server: HTTP/1.1 over bare sockets.

use owl_hospital::domain::visit::SeatId;
use std::{io, net::SocketAddr};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// A stream of events that is read line by line.
pub struct Stream {
    lines: BufReader<TcpStream>,
    line: String,
}

impl Stream {
    /// Opens a patient's stream.
    pub async fn open(address: SocketAddr, cookie: &str, seat: SeatId) -> io::Result<Self> {
        let mut socket = TcpStream::connect(address).await?;
        let request = format!(
            "GET /visit/feed?seat={seat} HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\ncookie: {cookie}\r\n\r\n"
        );
        socket.write_all(request.as_bytes()).await?;
        let mut stream = Self { lines: BufReader::with_capacity(1024, socket), line: String::new() };
        let status = stream.read_line().await?.to_owned();
        if !status.contains(" 200 ") {
            return Err(io::Error::other(status));
        }
        Ok(stream)
    }

    /// The next event, as it came.
    pub async fn next(&mut self) -> io::Result<String> {
        loop {
            if let Some(text) = self.read_line().await?.strip_prefix("data: ") {
                return Ok(text.to_owned());
            }
        }
    }

    /// Lines of the body, between which the lengths of chunks stand: nothing here looks like one of ours.
    async fn read_line(&mut self) -> io::Result<&str> {
        self.line.clear();
        if self.lines.read_line(&mut self.line).await? == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        Ok(self.line.trim_end())
    }
}

/// A connection by which a page calls server functions.
pub struct Caller {
    socket: BufReader<TcpStream>,
    head: String,
}

impl Caller {
    pub async fn open(address: SocketAddr, cookie: &str) -> io::Result<Self> {
        let socket = TcpStream::connect(address).await?;
        socket.set_nodelay(true)?;
        let head = format!(
            "host: localhost\r\nsec-fetch-site: same-origin\r\ncookie: {cookie}\r\naccept: application/x-postcard\r\n\
             content-type: application/x-postcard\r\n"
        );
        Ok(Self { socket: BufReader::new(socket), head })
    }

    /// Calls a server function, and waits for its answer's status.
    pub async fn call(&mut self, path: &str, body: &[u8]) -> io::Result<u16> {
        let mut request =
            format!("POST {path} HTTP/1.1\r\n{}content-length: {}\r\n\r\n", self.head, body.len())
                .into_bytes();
        request.extend_from_slice(body);
        self.socket.get_mut().write_all(&request).await?;
        let (mut status, mut length, mut line) = (0, 0, String::new());
        loop {
            line.clear();
            if self.socket.read_line(&mut line).await? == 0 {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
            }
            let text = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = text.strip_prefix("http/1.1 ") {
                status = rest.get(..3).and_then(|code| code.parse().ok()).unwrap_or(0);
            } else if let Some(value) = text.strip_prefix("content-length: ") {
                length = value.parse().unwrap_or(0);
            } else if text.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.socket.read_exact(&mut body).await?;
        Ok(status)
    }
}
