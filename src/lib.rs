//! OKRs as text: checked like code, linked across levels, published as a handbook.

pub mod diagnostic;
pub mod failure;
pub mod inputs;
pub mod load;
pub mod report;
pub mod source;
pub mod write;
