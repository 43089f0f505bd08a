//! The behaviour of the core, one a file. Clients are played by [`World`](world::World) frame by frame, or by
//! [`Sdk`](sdk::Sdk), which does with messages what the SDK does.

mod absence;
mod ending;
mod greeting;
mod hidden;
mod joining;
mod mesh;
mod pairs;
mod random;
mod restarting;
mod resuming;
mod sdk;
mod tracks;
mod world;
