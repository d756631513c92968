delete from definition;
insert into definition values ($sha256)
