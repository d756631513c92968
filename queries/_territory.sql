-- Who holds which accounts on a day, what each account means for its holder, and what a realignment on trial would make
-- of it. Only here. A plan is the scenario_id of a realignment; '' is none: everything as it is.

-- The realignments on trial that a viewer may see: their own, and those shared by who reports to them.
create or replace macro plans_in_scope(viewer, viewing_as, day) as table
    select plan.*
    from scenario as plan
    where plan.superseded_at is null
      and (
          viewing_as = 'owner'
          or (viewing_as in ('director', 'area_director') and plan.director_id = viewer and viewer <> '')
          or (
              viewing_as = 'area_director' and plan.is_shared
              and (
                  plan.director_id = ''
                  or plan.director_id in (
                      select path.person_id
                      from report_paths() as path
                      where path.ancestor_id = viewer and holds_on(path.valid_from, path.valid_to, day)
                  )
              )
          )
      );

-- Who owns each module on a day.
create or replace macro books_on(day) as table
    select owner.module_id, min(owner.person_id) as person_id
    from module_owner as owner
    where owner.superseded_at is null and holds_on(owner.valid_from, owner.valid_to, day)
    group by owner.module_id;

-- Which module each account lies in and who holds it: the owner of its module, else the account's own owner, else nobody
-- ('').
create or replace macro held_on(day) as table
    with spell as (
        select known.account_id, min(known.module_id) as module_id
        from module_spells() as known
        where holds_on(known.valid_from, known.valid_to, day)
        group by known.account_id
    )

    select
        account.account_id, coalesce(account.owner_id, '') as own_owner_id,
        coalesce(spell.module_id, '') as module_id,
        coalesce(book.person_id, account.owner_id, '') as person_id
    from accounts_at(day) as account
    left join spell on account.account_id = spell.account_id
    left join books_on(day) as book on spell.module_id = book.module_id;

-- The same on the day whose assignments hold: what pages ask at every click.
create or replace macro holdings_on(day) as table
    select held.account_id, held.own_owner_id, held.module_id, held.person_id
    from held_on(day) as held;

-- What each plan would make of the accounts it touches: in which module each would lie, and who would hold it. An account
-- given to a module goes to whoever owns it then; a module that is handed over takes along what nothing else is said of.
create or replace macro plans_made(day) as table
    with sent as (
        select move.scenario_id, move.kind, move.thing_id, move.target_id
        from scenario_move as move
        where move.superseded_at is null
    ),

    lying as (
        select
            sent.scenario_id, held.account_id, held.own_owner_id, held.module_id, held.person_id, sent.kind, sent.target_id,
            case sent.kind when 'account' then sent.target_id else '' end as next_module_id
        from sent
        inner join holdings_on(day) as held on sent.thing_id = held.account_id
        where sent.kind <> 'module'

        union all

        select
            sent.scenario_id, held.account_id, held.own_owner_id, held.module_id, held.person_id, sent.kind, sent.target_id,
            held.module_id as next_module_id
        from sent
        inner join holdings_on(day) as held on sent.thing_id = held.module_id
        left join sent as alone
            on sent.scenario_id = alone.scenario_id and held.account_id = alone.thing_id and alone.kind <> 'module'
        where sent.kind = 'module' and alone.thing_id is null
    )

    select
        lying.scenario_id, lying.account_id, lying.module_id as was_module_id, lying.next_module_id as module_id,
        lying.person_id as was_person_id,
        case
            when lying.kind <> 'account' then lying.target_id
            else coalesce(handed.target_id, book.person_id, lying.own_owner_id)
        end as person_id
    from lying
    left join sent as handed
        on lying.scenario_id = handed.scenario_id and lying.next_module_id = handed.thing_id and handed.kind = 'module'
    left join books_on(day) as book on lying.next_module_id = book.module_id;

-- What was changed after each plan was built, apart from the plan’s own publishing and what took that back.
create or replace macro plan_news() as table
    with published as (
        select entry.payload::varchar ->> '$.scenario_id' as scenario_id, entry.audit_id
        from audit_log as entry
        where entry.command = 'PublishRealignment'
    ),

    own as (
        select published.scenario_id, published.audit_id
        from published

        union all

        select published.scenario_id, entry.audit_id
        from audit_log as entry
        inner join published on (entry.payload::varchar ->> '$.audit_id')::bigint = published.audit_id
        where entry.command = 'UndoChange'
    )

    select
        plan.scenario_id, entry.audit_id,
        entry.command in ('ImportFile', 'ImportAgain', 'UndoImport') as is_file
    from scenario as plan
    inner join audit_log as entry on entry.audit_id > plan.built_version
        and entry.command not like 'Plan%' and entry.command not like 'Coach%' and entry.command not in ('SignOut', 'KeepView', 'DropView')
    left join own on plan.scenario_id = own.scenario_id and entry.audit_id = own.audit_id
    where plan.superseded_at is null and own.audit_id is null;

-- Who holds each account and in which module it lies, and who would and where under a plan.
create or replace macro planned_on(day, plan) as table
    select
        held.account_id, held.module_id as was_module_id, coalesce(made.module_id, held.module_id) as module_id,
        held.person_id as was_person_id, coalesce(made.person_id, held.person_id) as person_id
    from holdings_on(day) as held
    left join plans_made(day) as made on held.account_id = made.account_id and made.scenario_id = plan;

-- The same under a plan that the viewer may see; another one changes nothing.
create or replace macro planned_for(viewer, viewing_as, day, plan) as table
    with made as (
        select one.account_id, one.module_id, one.person_id
        from plans_made(day) as one
        where one.scenario_id in (
            select known.scenario_id
            from plans_in_scope(viewer, viewing_as, day) as known
            where known.scenario_id = plan
        )
    )

    select
        held.account_id, held.module_id as was_module_id, coalesce(made.module_id, held.module_id) as module_id,
        held.person_id as was_person_id, coalesce(made.person_id, held.person_id) as person_id
    from holdings_on(day) as held
    left join made on held.account_id = made.account_id;

-- The same of the accounts whose holder the viewer may see, narrowed to the people, modules and kind of accounts chosen.
create or replace macro holdings_in_scope(viewer, viewing_as, day, people, modules, only_strategic) as table
    select held.account_id, held.module_id, held.person_id
    from holdings_on(day) as held
    semi join seen_by(viewer, viewing_as) as seen
        on held.person_id = seen.person_id and holds_on(seen.seen_from, seen.seen_to, day)
    semi join picked(people) as pick
        on held.person_id = pick.person_id and holds_on(pick.seen_from, pick.seen_to, day)
    where (array_length(modules::varchar[]) = 0 or list_contains(modules::varchar[], held.module_id))
      and (
          not only_strategic
          or held.account_id in (select account.account_id from accounts_at(day) as account where account.is_strategic)
      );

-- A number that the organisation has settled, else the usual one.
create or replace macro settled_numbers() as table
    select name, try_cast(value as decimal(18, 2)) as number
    from setting
    where superseded_at is null;

-- How much of a whole position everyone fills on a day: leaves, part time and own ramps by the day, else the ramp by tenure,
-- counted in fiscal months whose middle lies after the hiring day. Nothing before the first and after the last day.
create or replace macro filled_on(day) as table
    with spell as (
        select
            held.person_id,
            min(case when held.kind = 'leave' then held.share end)::double as leave_share,
            min(case when held.kind = 'part time' then held.share end)::double as part_share,
            min(case when held.kind = 'ramp' then held.share end)::double as ramp_share
        from person_capacity as held
        where held.superseded_at is null and holds_on(held.valid_from, held.valid_to, day)
        group by held.person_id
    ),

    ramped as (
        select distinct held.person_id
        from person_capacity as held
        where held.superseded_at is null and held.kind = 'ramp'
    ),

    month as (
        select period.month_on, date_diff('day', period.month_on, period.to_on) // 2 as middle
        from fiscal_period as period
        where period.superseded_at is null and period.calendar_id = 'default' and period.to_on < day
    ),

    tenure as (
        select member.person_id, count(*) as months
        from person as member
        inner join month on date_diff('day', month.month_on, member.hired_on) <= month.middle
        where member.superseded_at is null
        group by member.person_id
    ),

    ramp as (
        select max(value) as parts
        from setting
        where superseded_at is null and name = 'ramp'
    )

    select
        member.person_id,
        case
            when member.hired_on > day or member.left_on < day then 0::double
            else
                coalesce(spell.leave_share, 1) * coalesce(spell.part_share, 1) * coalesce(spell.ramp_share, 1)
                * case
                    when ramped.person_id is not null or member.hired_on is null then 1::double
                    else coalesce(try_cast(split_part(ramp.parts, ',', coalesce(tenure.months, 0)::integer + 1) as double) * 0.01::double, 1)
                end
        end as filled_share
    from person as member
    cross join ramp
    left join spell on member.person_id = spell.person_id
    left join ramped on member.person_id = ramped.person_id
    left join tenure on member.person_id = tenure.person_id
    where member.superseded_at is null;

-- What is installed at each account on a day, by product line, in whole: a service counts from its first until before its
-- disconnection day.
create or replace macro installed_on(day) as table
    select
        version.account_id, version.service_id, part.product_line, version.mrr_usd, version.renewal_on
    from service as version
    left join product as part on version.product_id = part.product_id and part.superseded_at is null
    where version.superseded_at is null
      and holds_on(version.valid_from, version.valid_to, day)
      and version.account_id is not null
      and coalesce(version.activated_on, day) <= day
      and (version.disconnected_on is null or version.disconnected_on > day);

-- Companies of like size: by employees.
create or replace macro size_class(employees) as
    case
        when employees is null then 'of unknown size'
        when employees < 50 then 'under 50 people'
        when employees < 250 then '50 to 249 people'
        when employees < 1000 then '250 to 999 people'
        else '1,000 people or more'
    end;

-- What accounts alike could bring in a year, to the cent, half a cent cut: the median of what was typed for those of an industry
-- and size, of a size (industry '*'), of all (size '*' too); of five at least. Of the whole organisation, so that everyone
-- sees one number.
create or replace macro peer_potentials(day) as table
    with typed as (
        select
            account.account_id, coalesce(account.industry, '') as industry, size_class(account.employees) as size,
            (account.potential_usd * 100)::bigint as cents
        from accounts_at(day) as account
        where account.potential_usd > 0
    ),

    pooled as (
        select typed.industry, typed.size, typed.account_id, typed.cents from typed where typed.industry <> ''
        union all
        select '*' as industry, typed.size, typed.account_id, typed.cents from typed
        union all
        select '*' as industry, '*' as size, typed.account_id, typed.cents from typed
    ),

    placed as (
        select
            pooled.*,
            row_number() over (partition by pooled.industry, pooled.size order by pooled.cents, pooled.account_id) as place,
            count(*) over (partition by pooled.industry, pooled.size) as peers
        from pooled
    )

    select
        placed.industry, placed.size,
        ((
            max(case when placed.place = (placed.peers + 1) // 2 then placed.cents end)
            + max(case when placed.place = placed.peers // 2 + 1 then placed.cents end)
        ) // 2 * 0.01::decimal(3, 2))::decimal(18, 2) as usd
    from placed
    group by placed.industry, placed.size
    having count(*) >= 5;

-- What each account could bring in a year, and where that is from: what the file says ('typed'), else what accounts of its
-- industry and size could, of its size, all of them; else what it brings now ('own revenue').
create or replace macro potentials_on(day) as table
    with peer as (
        select known.industry, known.size, known.usd
        from peer_potentials(day) as known
    ),

    everyone as (
        select max(peer.usd)::decimal(18, 2) as usd
        from peer
        where peer.industry = '*' and peer.size = '*'
    ),

    own as (
        select installed.account_id, (sum(installed.mrr_usd)::decimal(18, 2) * 12)::decimal(18, 2) as usd
        from installed_on(day) as installed
        group by installed.account_id
    )

    select
        account.account_id,
        coalesce(account.potential_usd, alike.usd, sized.usd, pooled.usd, own.usd, 0)::decimal(18, 2) as potential_usd,
        case
            when account.potential_usd is not null then 'typed'
            when alike.usd is not null then 'peers of its industry and size'
            when sized.usd is not null then 'peers of its size'
            when pooled.usd is not null then 'all accounts'
            when own.usd is not null then 'own revenue'
            else 'unknown'
        end as potential_source
    from accounts_at(day) as account
    left join peer as alike on account.industry = alike.industry and size_class(account.employees) = alike.size
    left join peer as sized on size_class(account.employees) = sized.size and sized.industry = '*'
    cross join everyone as pooled
    left join own on account.account_id = own.account_id;

-- Where each account lies, or why nobody knows.
create or replace macro account_places(day) as table
    select
        account.account_id, spot.county_fips, spot.county_name, spot.county_state, spot.latitude, spot.longitude,
        case when spot.zip is null then 'its address was not looked up' else spot.unplaced_why end as unplaced_why
    from accounts_at(day) as account
    left join place as spot
        on spot.superseded_at is null
        and coalesce(account.zip, '') = spot.zip and coalesce(account.city, '') = spot.city
        and coalesce(account.state, '') = spot.state;

-- Where each person starts from.
create or replace macro bases() as table
    select member.person_id, spot.latitude, spot.longitude
    from person as member
    inner join place as spot
        on spot.superseded_at is null and member.base_zip = spot.zip and spot.city = '' and spot.state = ''
    where member.superseded_at is null and spot.latitude is not null;

-- What each account in sight means for who holds it. Amounts are those of the chosen lines and channels; miles lead from
-- the holder's base, one way; renewals fall due within 90 days or 12 months; relationships are the holder's own
-- activities of the last 180 days.
create or replace macro account_loads(
    viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
) as table
    with held as (
        select holding.*
        from holdings_in_scope(viewer, viewing_as, assigned_day, people, modules, only_strategic) as holding
    ),

    dealt as (
        select
            credit.account_id,
            open_usd(credit.outcome, credit.credit_usd) as open_usd,
            count(distinct case when credit.outcome = 'open' then credit.deal_id end) as open_deals
        from credits_in_sight(
            viewer, viewing_as, day, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
        ) as credit
        where credit.outcome = 'open'
        group by credit.account_id
    ),

    installed as (
        select
            service.account_id,
            installed_mrr_usd(service.mrr_usd) as mrr_usd,
            count(*) as services,
            count(case when service.renewal_on between day and (day + interval 90 day)::date then 1 end) as renewals_soon,
            installed_mrr_usd(case when service.renewal_on between day and (day + interval 90 day)::date then service.mrr_usd end) as renewing_usd,
            count(case when service.renewal_on between day and (day + interval 12 month)::date then 1 end) as renewals_in_year
        from installed_on(day) as service
        where chosen(lines, service.product_line)
        group by service.account_id
    ),

    done as (
        select held.account_id, max(act.happened_at::date) as last_on,
            count(case when act.person_id = held.person_id and act.happened_at::date > (day - interval 180 day)::date then 1 end) as by_holder
        from held
        inner join activity as act on held.account_id = act.account_id
        where act.superseded_at is null and act.happened_at::date <= day
        group by held.account_id
    ),

    norm as (
        select
            coalesce(max(case when known.name = 'visits_strategic' then known.number end), 24) as strategic_visits,
            coalesce(max(case when known.name = 'visits_account' then known.number end), 6) as account_visits,
            coalesce(max(case when known.name = 'visits_deal' then known.number end), 4) as deal_visits,
            coalesce(max(case when known.name = 'visits_renewal' then known.number end), 2) as renewal_visits
        from settled_numbers() as known
    )

    select
        held.account_id, account.account_name, account.industry, account.segment, account.employees,
        coalesce(account.is_strategic, false) as is_strategic,
        held.module_id, held.person_id,
        spot.county_fips, spot.county_name, spot.county_state, account.city, spot.latitude, spot.longitude, spot.unplaced_why,
        potential.potential_usd, potential.potential_source,
        coalesce(dealt.open_usd, 0)::decimal(18, 2) as open_usd,
        coalesce(dealt.open_deals, 0) as open_deals,
        coalesce(installed.mrr_usd, 0)::decimal(18, 2) as mrr_usd,
        coalesce(installed.services, 0) as services,
        coalesce(installed.renewals_soon, 0) as renewals_soon,
        coalesce(installed.renewing_usd, 0)::decimal(18, 2) as renewing_usd,
        workload_visits(
            case when account.is_strategic then norm.strategic_visits else coalesce(own_norm.number, norm.account_visits) end,
            coalesce(dealt.open_deals, 0) * norm.deal_visits,
            coalesce(installed.renewals_in_year, 0) * norm.renewal_visits
        ) as workload_visits,
        miles_between(base.latitude, base.longitude, spot.latitude, spot.longitude) as miles,
        done.last_on,
        coalesce(done.by_holder, 0) as relationships
    from held
    inner join accounts_at(day) as account on held.account_id = account.account_id
    inner join potentials_on(day) as potential on held.account_id = potential.account_id
    inner join account_places(day) as spot on held.account_id = spot.account_id
    cross join norm
    left join settled_numbers() as own_norm on own_norm.name = concat('visits in ', account.segment)
    left join dealt on held.account_id = dealt.account_id
    left join installed on held.account_id = installed.account_id
    left join done on held.account_id = done.account_id
    left join bases() as base on held.person_id = base.person_id;

-- The same as a plan would have it. It moves amounts and loses none; to whom it gives an account has his own way there.
create or replace macro planned_loads(
    viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day, plan
) as table
    select
        load.account_id, load.account_name, load.industry, load.segment, load.employees, load.is_strategic,
        load.module_id as was_module_id, planned.module_id, load.person_id as was_person_id, planned.person_id,
        load.person_id <> planned.person_id as is_moved,
        load.county_fips, load.county_name, load.county_state, load.city, load.latitude, load.longitude, load.unplaced_why,
        load.potential_usd, load.potential_source, load.open_usd, load.open_deals, load.mrr_usd, load.services,
        load.renewals_soon, load.renewing_usd, load.workload_visits, load.miles as was_miles,
        case
            when load.person_id = planned.person_id then load.miles
            else miles_between(base.latitude, base.longitude, load.latitude, load.longitude)
        end as miles,
        load.last_on, load.relationships
    from account_loads(
        viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
    ) as load
    inner join planned_for(viewer, viewing_as, assigned_day, plan) as planned on load.account_id = planned.account_id
    left join bases() as base on planned.person_id = base.person_id;

-- Who sells: executives and vacant seats in sight who are there on the day, and still are on the day of a plan.
create or replace macro sellers_in_scope(viewer, viewing_as, day, people, modules, plan_day) as table
    select member.person_id
    from people_in_scope(viewer, viewing_as, day, people) as member
    inner join person as known on member.person_id = known.person_id and known.superseded_at is null
    where coalesce(member.role, 'executive') = 'executive'
      and (known.left_on is null or known.left_on >= coalesce(plan_day::date, day))
      and (known.hired_on is null or known.hired_on <= coalesce(plan_day::date, day))
      and array_length(modules::varchar[]) = 0;

-- Whole numbers of what is counted in hundredths, half up.
create or replace macro whole_number(number) as
    ((number * 100)::bigint + 50) // 100;

-- A measure's part of a composite, and its weight; a measure that nobody holds any of counts for neither.
create or replace macro weighed(index, weight) as
    coalesce(index * weight, 0);

create or replace macro weight_known(index, weight) as
    case when index is null then 0 else weight end;

-- What each holder has in hand and how that compares with an equal share for each whole position filled; as a plan would
-- have it, for the positions filled on the plan's day.
create or replace macro balance_in_scope(
    viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day, plan,
    plan_day
) as table
    with load as (
        select held.*
        from planned_loads(
            viewer, viewing_as, day, people, modules, lines, channels, only_strategic, counted_as,
            assigned, assigned_day, plan
        ) as held
    ),

    sums as (
        select
            load.person_id,
            count(*) as accounts,
            potential_usd(load.potential_usd) as potential_usd,
            sum(load.workload_visits) as workload,
            installed_mrr_usd(load.mrr_usd) as mrr_usd,
            open_usd('open', load.open_usd) as open_usd,
            coalesce(sum(load.miles), 0) as miles,
            count(case when load.is_strategic then 1 end) as strategic,
            count(case when load.services > 0 then 1 end) as customers,
            sum(load.renewals_soon)::bigint as renewals_soon,
            installed_mrr_usd(load.renewing_usd) as renewing_usd
        from load
        group by load.person_id
    ),

    holder as (
        select
            everyone.person_id,
            case when everyone.person_id = '' then 'Nobody' else coalesce(known.person_name, everyone.person_id) end as person_name,
            coalesce(filled.filled_share, 0) as filled_share
        from (
            select load.person_id from load
            union
            select load.was_person_id from load
            union
            select seller.person_id
            from sellers_in_scope(viewer, viewing_as, assigned_day, people, modules, plan_day) as seller
        ) as everyone
        left join person as known on everyone.person_id = known.person_id and known.superseded_at is null
        left join filled_on(coalesce(plan_day::date, assigned_day)) as filled on everyone.person_id = filled.person_id
    ),

    filled as (
        select
            holder.person_id, holder.person_name, holder.filled_share,
            coalesce(sums.accounts, 0) as accounts,
            coalesce(sums.potential_usd, 0)::decimal(18, 2) as potential_usd,
            coalesce(sums.workload, 0) as workload,
            coalesce(sums.mrr_usd, 0)::decimal(18, 2) as mrr_usd,
            coalesce(sums.open_usd, 0)::decimal(18, 2) as open_usd,
            coalesce(sums.miles, 0) as miles,
            coalesce(sums.strategic, 0) as strategic,
            coalesce(sums.customers, 0) as customers,
            coalesce(sums.renewals_soon, 0) as renewals_soon,
            coalesce(sums.renewing_usd, 0)::decimal(18, 2) as renewing_usd
        from holder
        left join sums on holder.person_id = sums.person_id
    ),

    whole as (
        select
            sum(filled.filled_share) as filled_share,
            sum(filled.accounts)::bigint as accounts,
            sum(filled.potential_usd)::decimal(18, 2) as potential_usd,
            sum(filled.workload) as workload,
            sum(filled.mrr_usd)::decimal(18, 2) as mrr_usd,
            sum(filled.open_usd)::decimal(18, 2) as open_usd,
            sum(filled.miles) as miles,
            sum(filled.strategic)::bigint as strategic,
            sum(filled.customers)::bigint as customers,
            sum(filled.renewals_soon)::bigint as renewals_soon,
            sum(filled.renewing_usd)::decimal(18, 2) as renewing_usd
        from filled
    )

    select
        filled.*,
        balance_index(filled.potential_usd, filled.filled_share, whole.potential_usd, whole.filled_share) as potential_index,
        balance_index(filled.workload, filled.filled_share, whole.workload, whole.filled_share) as workload_index,
        balance_index(filled.mrr_usd, filled.filled_share, whole.mrr_usd, whole.filled_share) as mrr_index,
        balance_index(filled.open_usd, filled.filled_share, whole.open_usd, whole.filled_share) as open_index,
        balance_index(filled.miles, filled.filled_share, whole.miles, whole.filled_share) as travel_index,
        balance_index(filled.strategic, filled.filled_share, whole.strategic, whole.filled_share) as strategic_index
    from filled
    cross join whole;

-- How much each measure weighs in the composite.
create or replace macro balance_weights() as table
    select
        coalesce(max(case when known.name = 'weight_potential' then known.number end), 40) as potential,
        coalesce(max(case when known.name = 'weight_workload' then known.number end), 20) as workload,
        coalesce(max(case when known.name = 'weight_mrr' then known.number end), 10) as mrr,
        coalesce(max(case when known.name = 'weight_open' then known.number end), 10) as pipeline,
        coalesce(max(case when known.name = 'weight_travel' then known.number end), 10) as travel,
        coalesce(max(case when known.name = 'weight_strategic' then known.number end), 10) as strategic
    from settled_numbers() as known;

-- What becomes of the open deals of accounts that change hands: of each person's credit of each line, who gets how much
-- of it under the plan. Only what the old holder is credited with goes over: all of it ('move'), half of it until a day
-- ('split', to the cent), or nothing ('stay'); each deal by its own rule, else by the plan's.
create or replace macro planned_credits(
    viewer, viewing_as, day, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day, plan
) as table
    with terms as (
        select coalesce(max(known.credit_rule), 'stay') as credit_rule
        from plans_in_scope(viewer, viewing_as, assigned_day) as known
        where known.scenario_id = plan
    ),

    own as (
        select known.deal_id, known.credit_rule
        from scenario_deal as known
        where known.superseded_at is null and known.scenario_id = plan
    ),

    going as (
        select
            credit.deal_id, credit.deal_name, credit.account_id, credit.person_id, credit.product_line, credit.stage_name,
            credit.forecast_category, credit.close_on, credit.credit_usd,
            planned.was_person_id, planned.person_id as next_person_id,
            coalesce(planned.was_person_id <> planned.person_id, false) as is_moved,
            coalesce(own.credit_rule, terms.credit_rule) as credit_rule,
            own.deal_id is not null as is_own_rule
        from credits_in_sight(
            viewer, viewing_as, day, modules, lines, channels, only_strategic, counted_as, assigned, assigned_day
        ) as credit
        cross join terms
        left join planned_for(viewer, viewing_as, assigned_day, plan) as planned on credit.account_id = planned.account_id
        left join own on credit.deal_id = own.deal_id
        where credit.outcome = 'open'
    )

    select
        going.deal_id, going.deal_name, going.account_id, going.product_line, going.stage_name, going.forecast_category,
        going.close_on, going.credit_usd, going.is_moved and going.person_id = going.was_person_id as is_at_stake,
        going.credit_rule, going.is_own_rule, going.was_person_id as holder_id, going.next_person_id,
        going.person_id as was_person_id, part.side,
        case when part.side = 'next' then going.next_person_id else going.person_id end as person_id,
        (case
            when part.rule <> 'split' then going.credit_usd
            when part.side = 'own' then ((going.credit_usd * 100)::bigint // 2) * 0.01::decimal(3, 2)
            else going.credit_usd - ((going.credit_usd * 100)::bigint // 2) * 0.01::decimal(3, 2)
        end)::decimal(18, 2) as planned_usd
    from going
    inner join (
        values ('stay', 'own'), ('move', 'next'), ('split', 'own'), ('split', 'next')
    ) as part (rule, side)
        on part.rule = case when going.is_moved and going.person_id = going.was_person_id then going.credit_rule else 'stay' end;

-- Which accounts a plan gives to whom, if the viewer may see it. What is published is told by the two days: the one before
-- it and its own.
create or replace macro handed_over(viewer, viewing_as, assigned_day, plan, plan_day) as table
    with terms as (
        select known.status
        from plans_in_scope(viewer, viewing_as, assigned_day) as known
        where known.scenario_id = plan
    ),

    sent as (
        select move.thing_id, move.kind
        from scenario_move as move
        where move.superseded_at is null and move.scenario_id = plan
    )

    select planned.account_id, planned.was_person_id as from_id, planned.person_id as to_id, planned.module_id
    from planned_for(viewer, viewing_as, assigned_day, plan) as planned
    cross join terms
    where terms.status <> 'published' and planned.was_person_id <> planned.person_id

    union all

    select after.account_id, before.person_id as from_id, after.person_id as to_id, after.module_id
    from held_on(coalesce(plan_day::date, assigned_day)) as after
    inner join held_on((coalesce(plan_day::date, assigned_day) - interval 1 day)::date) as before on after.account_id = before.account_id
    cross join terms
    where terms.status = 'published' and before.person_id <> after.person_id
      and (
          after.account_id in (select sent.thing_id from sent where sent.kind <> 'module')
          or before.module_id in (select sent.thing_id from sent where sent.kind = 'module')
      );
