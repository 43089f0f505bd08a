//! The contract of both sides: what pages ask of the server, and the plain types that travel between them.

pub mod engine;

pub use engine::{Engine, EngineInfo};
