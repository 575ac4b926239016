from django.apps import AppConfig


class PipelineConfig(AppConfig):
    name = "pipeline"

    def ready(self) -> None:
        from accounts.rooms import Room, register
        from pipeline.wiping import export, wipe

        register(Room("pipeline", wipe, export))
