"""Where does an address lie, and how does the land look? Facts shipped with their licences."""
