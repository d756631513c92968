detach database if exists copied
