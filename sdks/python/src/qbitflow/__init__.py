"""The Python client of QBitFlow, the self-hosted crypto checkout. Standard library only."""

from .aio import AsyncPage as AsyncPage
from .aio import AsyncQBitFlow as AsyncQBitFlow
from .client import QBitFlow as QBitFlow
from .errors import AuthenticationError as AuthenticationError
from .errors import ConflictError as ConflictError
from .errors import ConnectionFailedError as ConnectionFailedError
from .errors import FieldError as FieldError
from .errors import GoneError as GoneError
from .errors import NotFoundError as NotFoundError
from .errors import PermissionDeniedError as PermissionDeniedError
from .errors import QBitFlowError as QBitFlowError
from .errors import RateLimitError as RateLimitError
from .errors import ServerError as ServerError
from .errors import TimedOutError as TimedOutError
from .errors import ValidationError as ValidationError
from .errors import WebhookVerificationError as WebhookVerificationError
from .errors import WebhookVerificationReason as WebhookVerificationReason
from .page import Page as Page
from .resources.webhooks import ReceivedDelivery as ReceivedDelivery
from .status_watch import StatusWatch as StatusWatch
from .types import *  # noqa: F403
from .version import version as __version__
from .webhooks import SignedWebhook as SignedWebhook
from .webhooks import canonical_json as canonical_json
from .webhooks import sign_webhook as sign_webhook
from .webhooks import verify_webhook as verify_webhook
