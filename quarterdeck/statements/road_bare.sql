-- How many deals have no id of their own.
select count(*) from deals where text_of(deal_id, $is_rough, $nothings) is null
