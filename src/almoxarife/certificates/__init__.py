"""What the server shows so that others know whom they speak to: a certificate, and the authority behind it."""

from almoxarife.certificates.elsewhere import elsewhere
from almoxarife.certificates.files import Certificate, authority, context, prepare

__all__ = ["Certificate", "authority", "context", "elsewhere", "prepare"]
