//! The program: configuration, log, start, run until told to stop.

use owl_hospital::server::{
    Application, RoomHost,
    config::{ConfigError, Task},
    own_credentials, panics, telemetry, tools,
};
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

#[expect(clippy::print_stderr, reason = "this talks to the person who starts the server")]
fn main() -> ExitCode {
    let task = match Task::load() {
        Ok(task) => task,
        Err(ConfigError::Usage(usage)) => usage.exit(),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    task.log().into_iter().for_each(telemetry::start);
    panics::log_where_only();
    if let Err(error) = run(task) {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "it tells the person who starts the server what to open")]
async fn run(task: Task) -> Result<(), Box<dyn std::error::Error>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stop = async move {
        tokio::select! { _ = terminate.recv() => {} _ = interrupt.recv() => {} }
    };
    match task {
        Task::Clinic(config) => {
            let application = Application::build(*config).await?;
            println!("{}", application.welcome());
            application.run_until(stop).await?;
        }
        Task::Rooms(config) => {
            let host = RoomHost::build(*config).await?;
            println!("{}", host.welcome());
            host.run_until(stop).await?;
        }
        Task::SetUp(task) => println!("{}", tools::set_up(*task).await?),
        Task::DemoData(task) => println!("{}", tools::fill_with_demo_data(*task).await?),
        Task::PrintCredentials(storage) => println!("{}", own_credentials(&storage)?),
    }
    Ok(())
}
