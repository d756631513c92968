-- The rows of a file of deals as Parquet: every cell by what it means, with the keys that follow from it.
-- Columns that hold nothing are not written: shape.parquet has them all.
copy (
    with asked as (
        select deals.* replace (case when $is_owner_email then deals.owner else deals.owner_email end as owner_email)
        from deals
    ),

    valued as (
        select
            asked.place + $first_line as line,
            text_of(asked.deal_id, list_contains($rough::varchar[], 'deal_id'), $nothings) as deal_id,
            text_of(asked.deal_name, list_contains($rough::varchar[], 'deal_name'), $nothings) as deal_name,
            text_of(asked.account, list_contains($rough::varchar[], 'account'), $nothings) as account,
            text_of(asked.account_id, list_contains($rough::varchar[], 'account_id'), $nothings) as account_id,
            text_of(asked.owner, list_contains($rough::varchar[], 'owner'), $nothings) as owner,
            text_of(asked.owner_id, list_contains($rough::varchar[], 'owner_id'), $nothings) as owner_id,
            text_of(asked.owner_email, list_contains($rough::varchar[], 'owner_email'), $nothings) as owner_email,
            text_of(asked.stage, list_contains($rough::varchar[], 'stage'), $nothings) as stage,
            text_of(asked.status, list_contains($rough::varchar[], 'status'), $nothings) as status,
            text_of(asked.pipeline, list_contains($rough::varchar[], 'pipeline'), $nothings) as pipeline,
            case
                when exceptional.amount is null then amount_of(asked.amount)
                else nullif(exceptional.amount, '')::decimal(18, 2)
            end as amount,
            case
                when exceptional.amount_actual is null then amount_of(asked.amount_actual)
                else nullif(exceptional.amount_actual, '')::decimal(18, 2)
            end as amount_actual,
            case
                when $currency is not null then $currency
                when exceptional.currency is null then text_of(asked.currency, list_contains($rough::varchar[], 'currency'), $nothings)
                else nullif(exceptional.currency, '')
            end as currency,
            case
                when exceptional.mrr is null then amount_of(asked.mrr)
                else nullif(exceptional.mrr, '')::decimal(18, 2)
            end as mrr,
            case
                when exceptional.nrc is null then amount_of(asked.nrc)
                else nullif(exceptional.nrc, '')::decimal(18, 2)
            end as nrc,
            case
                when exceptional.term_months is null then try_cast(asked.term_months as bigint)
                else nullif(exceptional.term_months, '')::bigint
            end as term_months,
            case when list_contains($iso::varchar[], 'close_on') then try_cast(left(asked.close_on, 10) as date) else of_close_on.means::date end as close_on,
            case when list_contains($iso::varchar[], 'closed_on') then try_cast(left(asked.closed_on, 10) as date) else of_closed_on.means::date end as closed_on,
            case when list_contains($iso::varchar[], 'created_on') then try_cast(left(asked.created_on, 10) as date) else of_created_on.means::date end as created_on,
            case when list_contains($iso::varchar[], 'stage_entered_on') then try_cast(left(asked.stage_entered_on, 10) as date) else of_stage_entered_on.means::date end as stage_entered_on,
            case when list_contains($yes::varchar[], asked.is_won) then true when list_contains($no::varchar[], asked.is_won) then false end as is_won,
            case when list_contains($yes::varchar[], asked.is_closed) then true when list_contains($no::varchar[], asked.is_closed) then false end as is_closed,
            case when list_contains($yes::varchar[], asked.is_deleted) then true when list_contains($no::varchar[], asked.is_deleted) then false end as is_deleted,
            of_probability.means::double as probability,
            text_of(asked.forecast_category, list_contains($rough::varchar[], 'forecast_category'), $nothings) as forecast_category,
            text_of(asked.product, list_contains($rough::varchar[], 'product'), $nothings) as product,
            text_of(asked.product_line, list_contains($rough::varchar[], 'product_line'), $nothings) as product_line,
            text_of(asked.channel, list_contains($rough::varchar[], 'channel'), $nothings) as channel,
            text_of(asked.partner, list_contains($rough::varchar[], 'partner'), $nothings) as partner,
            text_of(asked.deal_type, list_contains($rough::varchar[], 'deal_type'), $nothings) as deal_type,
            text_of(asked.lead_source, list_contains($rough::varchar[], 'lead_source'), $nothings) as lead_source,
            text_of(asked.next_step, list_contains($rough::varchar[], 'next_step'), $nothings) as next_step,
            text_of(asked.loss_reason, list_contains($rough::varchar[], 'loss_reason'), $nothings) as loss_reason,
            standing.outcome
        from asked
        left join exceptional on asked.place = exceptional.place
        left join meaning as of_close_on on of_close_on.field = 'close_on' and of_close_on.cell = day_of(asked.close_on)
        left join meaning as of_closed_on on of_closed_on.field = 'closed_on' and of_closed_on.cell = day_of(asked.closed_on)
        left join meaning as of_created_on on of_created_on.field = 'created_on' and of_created_on.cell = day_of(asked.created_on)
        left join meaning as of_stage_entered_on on of_stage_entered_on.field = 'stage_entered_on' and of_stage_entered_on.cell = day_of(asked.stage_entered_on)
        left join meaning as of_probability on of_probability.field = 'probability' and of_probability.cell = asked.probability
        left join standing
            on asked.is_won is not distinct from standing.is_won and asked.is_closed is not distinct from standing.is_closed
            and asked.status is not distinct from standing.status and asked.stage is not distinct from standing.stage
    ),

    keyed as (
        select
            valued.*,
            case when named_account.name is null then folded(valued.account) else named_account.key end as account_key,
            case when named_owner.name is null then folded(valued.owner) else named_owner.key end as owner_key,
            case when named_owner_email.name is null then folded(valued.owner_email) else named_owner_email.key end as owner_email_key,
            case when named_product.name is null then lettered(valued.product) else named_product.key end as product_key,
            named_account.ref as account_ref,
            named_owner.ref as owner_ref,
            named_product.ref as product_ref
        from valued
        left join naming as named_account on named_account.field = 'account' and named_account.name = valued.account
        left join naming as named_owner on named_owner.field = 'owner' and named_owner.name = valued.owner
        left join naming as named_owner_email on named_owner_email.field = 'owner_email' and named_owner_email.name = valued.owner_email
        left join naming as named_product on named_product.field = 'product' and named_product.name = valued.product
    ),

    whole as (
        select
            keyed.line,
            keyed.deal_id,
            keyed.deal_name,
            keyed.account,
            keyed.account_id,
            keyed.owner,
            keyed.owner_id,
            keyed.owner_email,
            keyed.stage,
            keyed.status,
            keyed.pipeline,
            keyed.amount,
            keyed.amount_actual,
            keyed.currency,
            keyed.mrr,
            keyed.nrc,
            keyed.term_months,
            keyed.close_on,
            keyed.closed_on,
            keyed.created_on,
            keyed.stage_entered_on,
            keyed.is_won,
            keyed.is_closed,
            keyed.is_deleted,
            keyed.probability,
            keyed.forecast_category,
            keyed.product,
            keyed.product_line,
            keyed.channel,
            keyed.partner,
            keyed.deal_type,
            keyed.lead_source,
            keyed.next_step,
            keyed.loss_reason,
            coalesce(keyed.deal_id, made_key.deal_key) as deal_key,
            keyed.outcome,
            case when keyed.outcome = 'won' then coalesce(keyed.amount_actual, keyed.amount) else keyed.amount end as amount_file,
            keyed.account_key,
            coalesce(keyed.account_id, keyed.account_ref, slugged(keyed.account_key)) as account_ref,
            keyed.owner_key,
            coalesce(keyed.owner_id, keyed.owner_ref, slugged(keyed.owner_key)) as owner_ref,
            keyed.owner_email_key,
            keyed.product_key,
            coalesce(keyed.product_ref, slugged(keyed.product_key)) as product_ref,
            coalesce(keyed.stage, keyed.status, upper(left(keyed.outcome, 1)) || substr(keyed.outcome, 2)) as stage_name
        from keyed
        left join made_key on keyed.line = made_key.line
    )

    select columns($kept::varchar[]) from whole
) to $target (format parquet, parquet_version v2, row_group_size 20480)
