"""The exit codes, as README explains them."""

FOUND = 1
USAGE = 2
UNREAD = 3
INTERRUPTED = 130
BROKEN_PIPE = 141
