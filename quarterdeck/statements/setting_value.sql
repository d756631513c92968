select value from setting where superseded_at is null and name = $name
