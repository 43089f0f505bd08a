//! Pages about appointments, for the front desk and for providers: plain HTML and forms.

mod correct;
mod day;
mod fields;
mod import;
mod new;
mod one;

pub use correct::CorrectPage;
pub use day::AppointmentsPage;
pub use import::{ImportPage, ImportedPage, PreviewPage};
pub use new::NewAppointmentPage;
pub use one::AppointmentPage;
