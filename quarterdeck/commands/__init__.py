"""Everything that changes data: each a frozen dataclass and one function."""
