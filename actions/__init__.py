"""What Rasa's rules lead to: the custom actions, found by `rasa_sdk` and hosted in process.

No wording, which is data, and no retrieval.
"""
