//! Which language a text is in, and how well it is done here.
