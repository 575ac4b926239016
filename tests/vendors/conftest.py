from __future__ import annotations

from tests.support.conftest import desk, staff  # noqa: F401
from tests.web.conftest import client_of, editor, own_folders, owner, world  # noqa: F401  (the small world of the pages)
