//! The checks that a question must pass, whoever made it.
