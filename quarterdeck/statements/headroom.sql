-- What the database would take by itself: a thread for each core, and most of the machine's memory.
select current_setting('threads'), current_setting('memory_limit'), current_setting('lock_configuration')
