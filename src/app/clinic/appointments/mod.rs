//! Pages about appointments, for the front desk and for providers: plain HTML and forms.

mod correct;
mod day;
mod fields;
mod give;
mod guests;
mod handed;
mod import;
mod new;
mod one;

pub use correct::CorrectPage;
pub use day::AppointmentsPage;
pub use handed::Handing;
pub use import::{ImportPage, ImportedPage, PreviewPage};
pub use new::NewAppointmentPage;
pub use one::AppointmentPage;
