select count(*) > 0
from credits_of($viewer_id, $viewer_role, $as_of, []::varchar[], []::varchar[], 'amount', 'as_was', $as_of) as credit
where credit.deal_id = $deal_id
