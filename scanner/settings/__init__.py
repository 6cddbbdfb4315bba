"""Settings in a file: `leakgauge.toml`, or `[tool.leakgauge]` in pyproject.toml. Nothing heavy is imported for them."""
