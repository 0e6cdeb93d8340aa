"""All that reads what a person typed.

It answers nothing, keeps nothing and knows no channel.
"""
