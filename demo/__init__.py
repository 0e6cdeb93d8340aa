"""A page of somebody else's site with the chat on it, to see how embedding works."""
