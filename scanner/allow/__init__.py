"""What is allowed is not reported: by a pragma in the text, or by an entry of an allowlist."""
