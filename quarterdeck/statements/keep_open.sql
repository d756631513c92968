attach if not exists ':memory:' as remembered (compress)
