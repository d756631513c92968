insert into migration values ($name, $at)
