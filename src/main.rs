//! The server's binary: configuration, log, start, run until told to stop.

use owl_hospital::server::{
    Application,
    config::{Config, ConfigError},
    panics, telemetry,
};
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

#[expect(clippy::print_stderr, reason = "this talks to the person who starts the server")]
fn main() -> ExitCode {
    let config = match Config::load() {
        Ok(config) => config,
        Err(ConfigError::Usage(usage)) => usage.exit(),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    telemetry::start(&config.log);
    panics::log_where_only();
    if let Err(error) = run(config) {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "it tells the person who starts the server what to open")]
async fn run(config: Config) -> Result<(), Box<dyn std::error::Error>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let application = Application::build(config).await?;
    println!("{}", application.welcome());
    let stop = async move {
        tokio::select! { _ = terminate.recv() => {} _ = interrupt.recv() => {} }
    };
    Ok(application.run_until(stop).await?)
}
