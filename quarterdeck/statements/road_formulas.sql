-- Whether cells of a column are written as ="00123".
select bool_or(starts_with(columns(*), '="')) from told
