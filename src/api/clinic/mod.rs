//! The clinic's part of the contract.
