"""What a user brings: weights, responses, the decision file. All of it is suspect until it has been read here."""
