//! OKRs as text: checked like code, linked across levels, published as a handbook.

pub mod config;
pub mod date;
pub mod diagnostic;
pub mod inputs;
pub mod keys;
pub mod lang;
pub mod links;
pub mod markdown;
pub mod model;
pub mod number;
pub mod parse;
pub mod source;
pub mod table;
