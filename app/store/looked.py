"""What a server on PostgreSQL asks several times a second, of all its conferences in one statement."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from app.models.instant import instant_text
from app.store.straight import Straight

ENDED, RENEWED, HEAD, PERSON = "ended", "renewed", "head", "person"
LOOK = f"""
SELECT '{ENDED}', NULL, NULL, NULL::integer, token_hash FROM session WHERE revoked_at >= $1
UNION ALL SELECT '{RENEWED}', NULL, NULL, NULL, was FROM session
    WHERE confirmed_at >= $1 AND revoked_at IS NULL AND was IS NOT NULL
UNION ALL SELECT '{HEAD}', id, NULL, head_seq, NULL FROM conference WHERE id = ANY($2::text[])
UNION ALL SELECT '{PERSON}', conference_id, person_id, NULL, NULL
    FROM presence JOIN server ON server.id = presence.server_id
    WHERE server.id <> $3 AND until >= extract(epoch FROM clock_timestamp()) AND conference_id = ANY($2::text[])
"""  # noqa: S608  words of ours


@dataclass
class Looked:
    ended: set[bytes] = field(default_factory=set)
    is_renewed: bool = False  # some session is known by another token since
    heads: dict[str, int] = field(default_factory=dict)
    people: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # at other servers


async def look_at_once(straight: Straight, server_id: str, ids: Collection[str], since: datetime) -> Looked:
    looked = Looked()
    for what, id, person_id, seq, token in await straight.fetch(LOOK, instant_text(since), list(ids), server_id):
        if what == ENDED:
            looked.ended.add(token)
        elif what == HEAD:
            looked.heads[id] = seq
        elif what == PERSON:
            looked.people[id].add(person_id)
        else:
            looked.is_renewed = True
    return looked
