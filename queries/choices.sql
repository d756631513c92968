-- question: Which modules, product lines and channels are there to choose?
-- grain: kind, word
-- columns:
--   kind    text   module, product_line or channel
--   word    text   what the filter takes: a module's id, else the word itself
--   label   text

with dealt as (
    select distinct credit.product_line, credit.channel
    from credits_in_scope(
        $viewer_id, $viewer_role, $as_of, $person_ids, $modules, $product_lines, $channels, $strategic_only, $basis,
        $assignments, $assigned_on
    ) as credit
),

held as (
    select distinct owned.module_id
    from module_owner as owned
    semi join seen_by($viewer_id, $viewer_role) as seen
        on owned.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, $assigned_on)
    where owned.superseded_at is null and holds_on(owned.valid_from, owned.valid_to, $assigned_on)
),

choice as (
    select 'module' as kind, book.module_id as word, book.module_name as label
    from module as book
    where book.superseded_at is null
      and (
          book.module_id in (select held.module_id from held)
          -- A module that nobody owns belongs to those who see rows without an owner.
          or (
              book.module_id not in (
                  select owned.module_id
                  from module_owner as owned
                  where owned.superseded_at is null and holds_on(owned.valid_from, owned.valid_to, $assigned_on)
              )
              and exists (select 1 from seen_by($viewer_id, $viewer_role) as seen where seen.person_id = '')
          )
      )

    union

    select 'product_line' as kind, dealt.product_line as word, dealt.product_line as label
    from dealt
    where dealt.product_line is not null

    union

    select 'product_line' as kind, part.product_line as word, part.product_line as label
    from product as part
    where part.superseded_at is null
      and part.product_line is not null
      and exists (select 1 from seen_by($viewer_id, $viewer_role) as seen)

    union

    select 'product_line' as kind, goal.product_line as word, goal.product_line as label
    from quotas_at($as_of) as goal
    where goal.product_line <> ''
      and goal.person_id in (select seen.person_id from seen_by($viewer_id, $viewer_role) as seen)

    union

    select 'channel' as kind, dealt.channel as word, dealt.channel as label
    from dealt
    where dealt.channel is not null
)

select choice.kind, choice.word, choice.label
from choice
order by choice.kind, choice.label, choice.word
