-- A number from 0 to 4294967295 for each number and salt: arithmetic alone, alike on every machine and version.
create or replace temp macro chance(number, salt) as
    ((((number::ubigint * 2654435761 + salt * 40503) % 4294967296)::ubigint * 2246822519 + 3266489917) % 4294967296)::bigint
