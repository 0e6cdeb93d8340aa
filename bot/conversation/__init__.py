"""One turn of a conversation, and what is kept of it.

It refuses in words and knows no HTTP.
"""
