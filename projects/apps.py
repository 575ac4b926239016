from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"

    def ready(self) -> None:
        from accounts.rooms import Room, register
        from projects.wiping import export, wipe

        register(Room("projects", wipe, export))
