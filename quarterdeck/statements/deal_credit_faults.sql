-- The rows of a file of splits that cannot be kept.
select line, deal, fault, whole from arriving where fault is not null order by line
