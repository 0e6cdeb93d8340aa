"""What a browser shows: the chat widget, and the pages around it.

No decision is taken here: pages ask the same parts as the API.
"""
