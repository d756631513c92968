-- What was read for making something else is worked out again by whoever asks next.
drop macro table if exists temp.main.credits_at;

drop macro table if exists temp.main.credits_in_sight;

drop macro table if exists temp.main.account_loads;

drop macro table if exists temp.main.holdings_on;

drop macro table if exists temp.main.potentials_on
