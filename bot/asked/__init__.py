"""What is learnt from use: questions that were not answered, and counts, of nobody."""
