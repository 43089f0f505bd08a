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
    // Of a check, "something is wrong" and "nobody knows" are two answers.
    let failure = if matches!(task, Task::Audit(_)) { ExitCode::from(2) } else { ExitCode::FAILURE };
    run(task).unwrap_or_else(|error| {
        eprintln!("{error}");
        failure
    })
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "it tells the person who starts the server what to open")]
async fn run(task: Task) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stop = async move {
        tokio::select! { _ = terminate.recv() => {} _ = interrupt.recv() => {} }
    };
    match task {
        Task::Clinic(config) => {
            let application = Application::build(*config).await?;
            println!("{}", application.welcome().await);
            application.run_until(stop).await?;
        }
        Task::Rooms(config) => {
            let host = RoomHost::build(*config).await?;
            println!("{}", host.welcome());
            host.run_until(stop).await?;
        }
        Task::SetUp(task) => println!("{}", tools::set_up(*task).await?),
        Task::DemoData(task) => println!("{}", tools::fill_with_demo_data(*task).await?),
        Task::BackUp(task) => println!("{}", tools::back_up(task).await?),
        Task::Restore(task) => println!("{}", tools::restore(task).await?),
        Task::Audit(task) => {
            let report = tools::look_after_audit(*task).await?;
            println!("{report}");
            return Ok(if report.is_whole() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Task::PrintCredentials(storage) => println!("{}", own_credentials(&storage)?),
    }
    Ok(ExitCode::SUCCESS)
}
