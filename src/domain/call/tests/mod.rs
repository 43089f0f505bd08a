//! The machine against a small model of the world, for every short sequence of events and for long random ones.

mod devices;
mod exhaustive;
mod journeys;
mod world;
