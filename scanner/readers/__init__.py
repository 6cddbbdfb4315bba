"""Readers: text in, batches of columns out; one module a format."""
