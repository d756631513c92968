-- How long the cells of each column are together: space that was dropped around a quote is missing here.
select sum(strlen(columns(*))) from told
