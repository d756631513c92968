set memory_limit = $most
