"""What a browser shows: the chat widget, and the pages around it."""
