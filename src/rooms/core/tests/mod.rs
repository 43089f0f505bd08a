//! The behaviour of the core, one a file. Clients are played by [`World`](world::World) frame by frame, or by
//! [`Sdk`](sdk::Sdk), which does with messages what the SDK does.

mod absence;
mod books;
mod bounds;
mod candidates;
mod ending;
mod events;
mod excess;
mod fuzz;
mod greeting;
mod hidden;
mod hostile;
mod joining;
mod lifetimes;
mod mesh;
mod model;
mod model_rooms;
mod pairs;
mod pc;
mod relay_only;
mod restarting;
mod resuming;
mod sdk;
mod simulation;
mod together;
mod tracks;
mod verdict;
mod words;
mod world;
