"""The one NinjaAPI."""

from ninja import NinjaAPI

api = NinjaAPI(title="LitinkAI", version="1", docs_url=None, urls_namespace="api")
