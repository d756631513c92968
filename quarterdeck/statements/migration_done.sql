select name from migration
