"""Mail: the messages of a file, their headers, bodies and attachments, however badly they are written.

`is_mail` tells mail, `messages` cuts a file into messages, `parts` takes one apart, `headers` and `addresses` read who
wrote to whom, and `attachments` gives the files that hang on all messages of a file.
"""

from scanner.mail.attachments import attachments
from scanner.mail.headers import addresses, headers
from scanner.mail.messages import MAX_MESSAGE, Mail, is_mail, messages
from scanner.mail.parts import Part, parts

__all__ = [
    "MAX_MESSAGE",
    "Mail",
    "Part",
    "addresses",
    "attachments",
    "headers",
    "is_mail",
    "messages",
    "parts",
]
