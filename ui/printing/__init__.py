"""A client's day or week on paper, for owners who like it."""
