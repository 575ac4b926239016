from django.urls import reverse
from pipeline import engine
from pipeline.models import Run


def test_x(world, owner):
    run = Run.objects.get(pk=world.going.run.pk)
    engine.end(run, "failed", error="x")
    r = owner.post(reverse("retry_run", args=[run.pk]), follow=True)
    run.refresh_from_db()
    print([str(m) for m in r.context["messages"]], run.status, run.error)
    assert 0
