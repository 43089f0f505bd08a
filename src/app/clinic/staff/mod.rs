//! Pages for those who work here: plain HTML and forms.

mod log_in;
mod welcome;

pub use log_in::LogInPage;
pub use welcome::WelcomePage;
