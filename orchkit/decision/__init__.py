"""A decision file → everything that follows from it, in one result."""
