//! The clinic's tests once more, with the data in PostgreSQL.

use super::{app::DATABASE_URL, database::Place};

/// Runs a test whose applications keep their data in a database of its own.
pub fn run(test: fn()) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let Some(place) = runtime.block_on(Place::postgres()) else { return };
    DATABASE_URL.set(place.url);
    test();
}

/// These tests of this file run on PostgreSQL too.
macro_rules! on_postgres_too {
    ($($test:ident),* $(,)?) => {
        mod on_postgres {
            $(#[test]
            fn $test() {
                crate::on_postgres::run(super::$test);
            })*
        }
    };
}
pub(crate) use on_postgres_too;
