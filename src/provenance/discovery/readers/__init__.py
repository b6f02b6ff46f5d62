"""One file a convention: each reader finds places that may name data and says what it saw.

To add one: write ``read(reading)`` in a file here, name it in ``READERS``, and put a card of your
own words beside its expectation into ``tests/discovery/examples``.
"""

from provenance.discovery.readers import (
    configs,
    descriptions,
    headings,
    keys,
    links,
    lists,
    sentences,
    tables,
    templates,
)

READERS = (
    configs.read,
    templates.read,
    keys.read,
    lists.read,
    tables.read,
    headings.read,
    links.read,
    sentences.read,
    descriptions.read,
)
"""In the order in which their findings stand."""
