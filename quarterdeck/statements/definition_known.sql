select sha256 from definition
