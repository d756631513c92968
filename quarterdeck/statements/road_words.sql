-- The short road's words: what a text of the file stands for, where SQL can tell without Python.
-- Each says the same as its namesake in importing/: folding.py, money.py, dates.py, sifting.py.

-- A text that clean() leaves as it is and is_no_text() takes for a text.
create macro is_plain(cell, nothings) as
    regexp_full_match(
        cell,
        '[^\x00-\x20\x7f-\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]'
        '([^\x00-\x1f\x7f-\x{9f}\x{2028}\x{2029}]*'
        '[^\x00-\x20\x7f-\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}])?'
    )
    and (
        length(cell) >= 8
        or (strlen(cell) = length(cell) and not list_contains(nothings::varchar[], lower(cell)))
    );

-- A text trimmed, on one line, without control characters; nothing if it says that there is none.
create macro text_of(cell, is_rough, nothings) as
    case
        when not is_rough then cell
        when length(cell) < 8 and list_contains(nothings::varchar[], cell) then null
        when is_plain(cell, nothings) then cell
        else nullif(
            trim(
                regexp_replace(
                    regexp_replace(cell, '[\t\n\r\x{85}\x{2028}\x{2029}]', ' ', 'g'), '[\x00-\x1f\x7f-\x{9f}]', '', 'g'
                ),
                chr(32) || chr(160) || chr(5760) || chr(8192) || chr(8193) || chr(8194) || chr(8195) || chr(8196) || chr(8197)
                || chr(8198) || chr(8199) || chr(8200) || chr(8201) || chr(8202) || chr(8239) || chr(8287) || chr(12288)
            ),
            ''
        )
    end;

-- Most cells begin with a letter or a digit, which is told at a glance.
create macro is_blank(cell) as
    cell is null
    or (
        (cell < '!' or cell > '~')
        and not regexp_matches(
            cell,
            '[^\t-\r\x1c-\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]'
        )
    );

-- An amount that only a decimal point explains, or any decimal sign does.
create macro is_amount(cell) as
    regexp_full_match(cell, '-?[0-9]{1,13}(\.[0-9]{1,2})?')
    or regexp_full_match(cell, '-?[1-9][0-9]{0,2}(,[0-9]{3}){1,3}\.[0-9]{1,2}')
    or regexp_full_match(cell, '-?\$([0-9]{1,13}|[1-9][0-9]{0,2}(,[0-9]{3}){1,3})(\.[0-9]{1,2})?');

create macro amount_of(cell) as
    coalesce(try_cast(cell as decimal(18, 2)), try_cast(translate(cell, '$,', '') as decimal(18, 2)));

create macro is_whole(cell) as
    regexp_full_match(cell, '-?[0-9]{1,15}');

-- The day of a time without a zone; the quarter of an hour of one in UTC.
create macro day_of(cell) as
    case
        when length(cell) <= 10 then cell
        when regexp_full_match(cell, '[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?')
            then left(cell, 10)
        when regexp_full_match(cell, '(19[89]|20[0-9])[0-9]-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?Z')
            then left(cell, 14) || lpad(((substr(cell, 15, 2)::integer // 15) * 15)::varchar, 2, '0') || 'Z'
        else cell
    end;

-- One text for all that mean alike as far as Python must know: a proof of a style, a day, or nothing.
create macro stand_in(kind, cell) as
    case kind
        when 'money' then
            case
                when not is_amount(cell) then cell
                when contains(cell, '$') then '$1.50'
                when contains(cell, '.') then '1.50'
                else '1'
            end
        when 'count' then case when is_whole(cell) then '1' else cell end
        when 'date' then day_of(cell)
        else cell
    end;

-- Keys and references of names in ASCII alone.
create macro is_simple(cell) as
    strlen(cell) = length(cell);

create macro folded(cell) as
    case when contains(cell, '  ') then lower(regexp_replace(cell, ' +', ' ', 'g')) else lower(cell) end;

create macro lettered(cell) as
    coalesce(nullif(regexp_replace(lower(cell), '[^a-z0-9]', '', 'g'), ''), folded(cell));

create macro slugged(key) as
    case
        when regexp_full_match(key, '[a-z0-9]+( [a-z0-9]+)*') then replace(key, ' ', '-')
        else trim(
            replace(trim(regexp_replace(regexp_replace(key, '[^a-z0-9 ]', '', 'g'), ' +', ' ', 'g')), ' ', '-')
            || '-' || left(sha1(key), 6),
            '-'
        )
    end;

-- Whether Python should look: a first cell that may begin a total line, however it is spelled.
create macro may_be_total(cell) as
    is_blank(cell)
    or regexp_matches(cell, '(?i)^\s*((grand|sub|report)[\s-]*)?(total|sum)s?(\s*$|\s*[:(=\d$€£]|\s+(for|of|record|count|row|amount))')
    or not regexp_full_match(
        cell,
        '[\t-~\x{c0}-\x{131}\x{134}-\x{13e}\x{141}-\x{148}\x{14a}-\x{17e}\x{391}-\x{3c9}\x{400}-\x{52f}\x{2010}-\x{201f}'
        '\x{3041}-\x{309a}\x{30a1}-\x{30fe}\x{4e00}-\x{9fff}\x{ac00}-\x{d7a3}]*'
    );

-- Whether Python should look: a text that may say that there is none.
create macro may_be_nothing(cell, nothings) as
    cell is null
    or (length(cell) < 8 and not (strlen(cell) = length(cell) and regexp_matches(cell, '^[!-~]+$') and not list_contains(nothings::varchar[], lower(cell))))
