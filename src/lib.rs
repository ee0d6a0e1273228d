//! OKRs as text: checked like code, linked across levels, published as a handbook.

pub mod cli;
pub mod config;
pub mod date;
pub mod diagnostic;
pub mod edit;
pub mod failure;
pub mod inputs;
pub mod keys;
pub mod load;
pub mod markdown;
pub mod report;
pub mod source;
pub mod table;
pub mod write;
