//! The `earnest` command.

fn main() {}
