//! Naming the constraint that a write broke, on both engines.

/// A unique constraint. PostgreSQL reports its name, SQLite only the columns, so both are kept in one constant
/// beside the statement that can break it.
#[derive(Clone, Copy, Debug)]
pub struct Unique {
    /// The constraint's name in the PostgreSQL migration.
    pub name: &'static str,
    /// As SQLite writes them: `accounts.sub`, or `a.x, a.y`.
    pub columns: &'static str,
}

impl Unique {
    /// Whether the error is that this constraint was broken.
    #[must_use]
    pub fn broken_by(&self, error: &sqlx::Error) -> bool {
        let Some(error) = error.as_database_error() else { return false };
        error.is_unique_violation()
            && (error.constraint() == Some(self.name) || error.message().ends_with(&format!(": {}", self.columns)))
    }
}
