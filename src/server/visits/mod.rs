//! Use cases of a visit: what a server function or route calls. The rules themselves are in `domain`.

pub mod demo;
