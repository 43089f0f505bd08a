//! The contract of both sides: what pages and server exchange.

mod engine;
mod page;
mod ticket;

pub use engine::{EngineInfo, EngineKind};
pub use page::Page;
pub use ticket::JoinTicket;
