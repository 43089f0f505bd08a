//! The behaviour of the core, one a file.
