copy from database source_database to copied
