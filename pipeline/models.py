"""How: one execution of a workflow, its steps, the doorbells that wake workers, the delivered film."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Workspace
from accounts.models import token as secret
from projects.models import Asset, Owned, Project, Through
from projects.options import FilmOptions


class Status(models.TextChoices):
    PENDING = "pending"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


OPEN = (Status.PENDING, Status.RUNNING)
DONE = (Status.SUCCEEDED, Status.SKIPPED)


class Run(models.Model):
    """One execution of a workflow. `options` are the project's at its start; `planned` the stages whose steps exist."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="runs")
    project = models.ForeignKey(Project, models.CASCADE, related_name="runs")
    workflow = models.CharField(max_length=30, default="film")
    options = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    tier = models.CharField(max_length=20, default="free")
    priority = models.SmallIntegerField(default=0)
    planned = models.JSONField(default=list)
    error = models.CharField(max_length=500, blank=True)
    script = models.ForeignKey("projects.Script", models.SET_NULL, null=True, related_name="runs")
    created = models.DateTimeField(default=timezone.now)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    objects = Owned["Run"].as_manager()

    class Meta:
        ordering = ["-created"]
        indexes = [models.Index(fields=["status", "-priority", "created"])]

    def __str__(self) -> str:
        return f"run {self.pk} of {self.project_id}: {self.status}"

    @property
    def film_options(self) -> FilmOptions:
        return FilmOptions.of(self.options)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class Step(models.Model):
    """One stage applied to one subject: a scene's key, or 0 for the whole. `position`: the scene's place, from 1.

    `ready`: its inputs are there. `attempt` guards every write: a zombie's number is old.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=30)
    lane = models.CharField(max_length=10, default="calls")
    subject = models.BigIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    ready = models.BooleanField(default=False)
    attempt = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    recipe = models.CharField(max_length=64, blank=True, db_index=True)
    asset = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="steps")
    reused = models.BooleanField(default=False)
    checkpoint = models.JSONField(default=dict, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    rung_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    done = models.PositiveIntegerField(default=0, help_text="real units done, of `total`")
    total = models.PositiveIntegerField(default=0)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)
    objects = Through["Step"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "stage", "subject"], name="one_step_a_subject")]
        indexes = [
            models.Index(fields=["run", "stage", "position"]),
            models.Index(
                fields=["status", "ready"], condition=models.Q(status__in=["pending", "running"]), name="open_steps"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.position or ''} of run {self.run_id}: {self.status}"

    @property
    def seconds(self) -> float:
        if not self.started:
            return 0.0
        return ((self.finished or timezone.now()) - self.started).total_seconds()


class Doorbell(models.Model):
    """Wakes a worker for a step: priority, not-before, one a step. Truth is in Step; a lost bell is rung again."""

    lane = models.CharField(max_length=10)
    step = models.BigIntegerField()
    payload = models.TextField()
    priority = models.SmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lane", "step"], name="one_doorbell_a_step")]
        indexes = [models.Index(fields=["lane", "-priority", "id"])]

    def __str__(self) -> str:
        return f"{self.lane} {self.step}"


class Worker(models.Model):
    """A living set of workers, by its supervisor's heartbeat."""

    name = models.CharField(max_length=120, unique=True)
    lanes = models.JSONField(default=dict)
    started = models.DateTimeField(default=timezone.now)
    seen = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """What happened in a run, in plain words by key and facts: the page writes the sentence."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=40)
    stage = models.CharField(max_length=30, blank=True)
    position = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.stage} {self.position or ''}"


class Render(models.Model):
    """The delivered film with its side files. `files`: {name: asset id}; `certificate`: what was measured."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="renders")
    project = models.ForeignKey(Project, models.CASCADE, related_name="renders")
    run = models.OneToOneField(Run, models.CASCADE, related_name="render")
    film = models.ForeignKey(Asset, models.PROTECT, related_name="+")
    files = models.JSONField(default=dict)
    seconds = models.FloatField(default=0)
    certificate = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(default=timezone.now)
    objects = Owned["Render"].as_manager()

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"film of run {self.run_id}"

    def facts(self) -> dict[str, Any]:
        return {"seconds": self.seconds, "files": sorted(self.files)}


class ShareQuerySet(Owned["Share"]):
    def open(self) -> ShareQuerySet:
        """Links that still lead somewhere."""
        return self.filter(models.Q(expires=None) | models.Q(expires__gt=timezone.now()), revoked=None)


class Share(models.Model):
    """A link by which anybody who has it sees a project's newest film: unlisted, ending, revocable."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="shares")
    project = models.ForeignKey(Project, models.CASCADE, related_name="shares")
    token = models.CharField(max_length=64, unique=True, default=secret)
    download = models.BooleanField(_("let visitors download the film"), default=False)
    expires = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"link to {self.project_id}"


class Remark(models.Model):
    """What a member says of a film at a second of it. `scene`: the key of what is shown then; it outlives a deletion."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="remarks")
    project = models.ForeignKey(Project, models.CASCADE, related_name="remarks")
    render = models.ForeignKey(Render, models.CASCADE, related_name="remarks", help_text="the version it was said of")
    scene = models.BigIntegerField(null=True, blank=True)
    seconds = models.FloatField()
    text = models.TextField(max_length=2000)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)
    settled = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    objects = Owned["Remark"].as_manager()

    class Meta:
        ordering = ["seconds", "pk"]
        indexes = [
            models.Index(fields=["project", "seconds"]),
            models.Index(fields=["scene"], condition=models.Q(settled=None), name="open_remarks"),
        ]

    def __str__(self) -> str:
        return f"remark {self.pk} on {self.project_id}"


class OwnKey(models.Model):
    """A workspace's own key for a vendor, encrypted; only its last characters (`hint`) are ever shown again."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="own_keys")
    vendor = models.CharField(max_length=40)
    secret = models.TextField()
    base_url = models.CharField(max_length=300, blank=True, help_text="of a compatible server")
    hint = models.CharField(max_length=8, blank=True)
    tested = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    objects = Owned["OwnKey"].as_manager()

    class Meta:
        ordering = ["vendor"]
        constraints = [models.UniqueConstraint(fields=["workspace", "vendor"], name="one_key_a_vendor")]

    def __str__(self) -> str:
        return f"{self.vendor} …{self.hint}"


class ClonedVoice(models.Model):
    """A person's voice, made at a vendor with their consent: who stated it, when, in which words. Gone when `deleted`."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="cloned_voices")
    vendor = models.CharField(max_length=40)
    account = models.CharField(max_length=120, help_text="whose account at the vendor it lies in")
    voice_id = models.CharField(max_length=120)
    name = models.CharField(max_length=80)
    speaker = models.CharField(max_length=120, help_text="whose voice it is")
    language = models.CharField(max_length=20, default="en")
    consent = models.TextField()
    consent_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    consent_email = models.EmailField(blank=True)
    consent_at = models.DateTimeField(default=timezone.now)
    sample_sha256 = models.CharField(max_length=64)
    sample_seconds = models.FloatField(default=0)
    deleted = models.DateTimeField(null=True, blank=True)
    objects = Owned["ClonedVoice"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["vendor", "account", "voice_id"], name="one_voice_an_id")]

    def __str__(self) -> str:
        return f"{self.name} ({self.speaker})"


class RouteOverride(models.Model):
    """Staff put another route in a tier's place (every tier's when `tier` is empty), until a day, with a reason."""

    capability = models.CharField(max_length=20)
    tier = models.CharField(max_length=20, blank=True)
    route = models.JSONField(default=list, blank=True, help_text='In order, as ["vendor:model"]; empty: local only.')
    until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"{self.tier or 'every tier'} {self.capability}: {', '.join(self.route) or 'local'}"


class Circuit(models.Model):
    """Whether a vendor's capability is in order. Open until `until`; then one call may probe (`probing` until then)."""

    key = models.CharField(max_length=120, unique=True)
    faults = models.PositiveSmallIntegerField(default=0, help_text="in a row")
    trips = models.PositiveSmallIntegerField(default=0, help_text="times opened in a row")
    until = models.DateTimeField(null=True, blank=True)
    probing = models.DateTimeField(null=True, blank=True)
    last_fault = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.key}: {'open' if self.until else 'closed'}"


class Allowance(models.Model):
    """A vendor account's requests a minute, as a bucket of tokens that all workers draw from."""

    key = models.CharField(max_length=120, unique=True)
    tokens = models.FloatField()
    at = models.DateTimeField()
    blocked_until = models.DateTimeField(null=True, blank=True, help_text="The vendor said to wait.")

    def __str__(self) -> str:
        return self.key


class Slot(models.Model):
    """One call of a vendor account that is going on; `until`: when it is taken for lost."""

    key = models.CharField(max_length=120, db_index=True)
    holder = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key} {self.holder}"


class VendorJob(models.Model):
    """Slow work at a vendor: its ticket is committed before anybody polls. `token` is in the webhook's address."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="vendor_jobs")
    call = models.CharField(max_length=64, help_text="the try's, as in the ledger")
    of = models.CharField(max_length=64, db_index=True)
    step = models.BigIntegerField(db_index=True)
    usage = models.BigIntegerField()
    choice = models.CharField(max_length=170, help_text="vendor:model")
    capability = models.CharField(max_length=20)
    token = models.CharField(max_length=64, unique=True, default=secret)
    ticket = models.JSONField(null=True, blank=True)
    submitted = models.DateTimeField(default=timezone.now)
    polls = models.PositiveIntegerField(default=0)
    faults = models.PositiveSmallIntegerField(default=0, help_text="of polling, in a row")
    closed = models.DateTimeField(null=True, blank=True)
    objects = Owned["VendorJob"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["workspace", "call"], name="one_job_a_try")]

    def __str__(self) -> str:
        return f"{self.choice} job of step {self.step}"
