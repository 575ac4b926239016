from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"

    def ready(self) -> None:
        from accounts.rooms import Room, register
        from billing.entitlements import limit

        register(Room("billing", lambda workspace: None, seats=lambda workspace: limit(workspace, "members")))
