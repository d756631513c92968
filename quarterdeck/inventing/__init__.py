"""The invented team: people, places, deals and files that nobody owns, made anew from a seed."""
