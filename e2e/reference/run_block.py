"""Runs a block of the guide, read from standard input, with a client of the server that the environment names.

The last line it prints is JSON: what the block left in its variables, and every session that it created.
"""

import json
import sys

from qbitflow import Duration, QBitFlow

client = QBitFlow.from_env()
created = []


def remember(service):
    create_session = service.create_session

    def creating(**given):
        session = create_session(**given)
        created.append({"uuid": session.uuid, "link": session.link, "expiresAt": session.expires_at})
        return session

    service.create_session = creating


for each in (client.one_time_payments, client.subscriptions, client.pay_as_you_go):
    remember(each)
block = sys.stdin.read()
exec(compile(block, "guide", "exec"), {"client": client, "Duration": Duration})
print(json.dumps({"created": created}))
