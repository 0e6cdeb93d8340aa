"""Starting, watching and counting the assistant.

What a person says, and how it is answered, is no business of this package.
"""
