//! Where the server listens, how the world reaches it, and how it stops.

use super::{ConfigError, duration};
use crate::server::Origin;
use clap::Args;
use ipnet::IpNet;
use std::{
    net::{IpAddr, SocketAddr, TcpListener},
    time::Duration,
};

/// Where the server listens and how it is reached.
#[derive(Debug)]
pub struct Listen {
    /// The socket's address; port 0 takes any free one.
    pub address: SocketAddr,
    /// A socket that is open already and is used in its place (`held_socket.rs`).
    pub held: Option<TcpListener>,
    /// The address that people open, where it is known.
    pub public_url: Option<Origin>,
    /// Peers whose forwarded headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// How long requests under way may take once the server is told to stop.
    pub shutdown_grace: Duration,
}

#[derive(Args)]
#[command(next_help_heading = "Address")]
pub(super) struct ListenArgs {
    /// Address and port to listen on. 0.0.0.0:1337 accepts other machines, but phones give a page the camera only over
    /// https: see TLS_CERT_FILE or put a reverse proxy in front. A socket that systemd hands over (deploy/owl.socket) goes first
    #[arg(long, env = "LISTEN", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:1337")]
    listen: String,
    /// The address that people open, as in <https://clinic.example>. Set it whenever a reverse proxy is in front: requests
    /// from other origins are refused by it
    #[arg(long, env = "PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// Addresses or networks of reverse proxies whose X-Forwarded-Proto, -Host and -For are believed, separated by commas,
    /// as in 127.0.0.1,10.0.0.0/8. From everybody else these headers are ignored
    #[arg(long, env = "TRUSTED_PROXIES", value_name = "NETWORKS")]
    trusted_proxies: Option<String>,
    /// How long requests under way may take once the server is told to stop (30s, 2m)
    #[arg(long, env = "SHUTDOWN_GRACE", value_name = "TIME", default_value = "10s")]
    shutdown_grace: String,
}

impl ListenArgs {
    pub(super) fn check(self) -> Result<Listen, ConfigError> {
        let address = self.listen.trim().parse().map_err(|_| {
            let problem = format!("“{}” is no address and port", self.listen);
            ConfigError::wrong(
                "LISTEN",
                problem,
                "Write for example 127.0.0.1:1337, or 0.0.0.0:1337 for all networks.",
            )
        })?;
        let public_url = self.public_url.map(|url| Origin::parse(&url)).transpose().map_err(|problem| {
            ConfigError::wrong(
                "PUBLIC_URL",
                problem,
                "Write for example https://clinic.example, without a path.",
            )
        })?;
        let trusted_proxies = list(self.trusted_proxies.as_deref()).map(network).collect::<Result<_, _>>()?;
        let shutdown_grace = duration::parse(&self.shutdown_grace).ok_or_else(|| {
            let problem = format!("“{}” is no length of time", self.shutdown_grace);
            ConfigError::wrong("SHUTDOWN_GRACE", problem, "Write for example 10s or 2m.")
        })?;
        Ok(Listen { address, held: None, public_url, trusted_proxies, shutdown_grace })
    }
}

/// The parts of a comma-separated list, without blanks.
pub(super) fn list(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty())
}

fn network(text: &str) -> Result<IpNet, ConfigError> {
    text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).map_err(|_| {
        let problem = format!("“{text}” is no address or network");
        ConfigError::wrong("TRUSTED_PROXIES", problem, "Write for example 127.0.0.1,10.0.0.0/8.")
    })
}
