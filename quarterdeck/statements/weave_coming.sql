-- Which deals does an export that is woven in among later ones hold, or lack? Runs after deal_compare and deal_exports.
create or replace temp table at_hand as
select turning.deal_id from turning
union
select known.deal_id from known where $is_full
