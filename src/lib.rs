//! OKRs as text: checked like code, linked across levels, published as a handbook.

pub mod date;
pub mod lang;
pub mod number;
