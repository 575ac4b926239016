"""What: the book as read, the script, its scenes, and every stored output."""

from __future__ import annotations

import builtins
import hashlib
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Workspace
from projects.options import FilmOptions
from projects.readers.book import NARRATED, SEPARATOR, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T", bound=models.Model)


class Owned(models.QuerySet[T]):
    """Rows are reached only through their workspace or their user's."""

    def for_workspace(self, workspace: Workspace) -> Owned[T]:
        return self.filter(workspace=workspace)

    def for_user(self, user: Any) -> Owned[T]:
        return self.filter(workspace__memberships__user=user) if user.is_authenticated else self.none()


class Through(models.QuerySet[T]):
    """Rows that belong to a workspace by way of `owner` ("project", "source")."""

    owner = "project"

    def for_workspace(self, workspace: Workspace) -> Through[T]:
        return self.filter(**{f"{self.owner}__workspace": workspace})

    def for_user(self, user: Any) -> Through[T]:
        if not user.is_authenticated:
            return self.none()
        return self.filter(**{f"{self.owner}__workspace__memberships__user": user})


class ThroughSource(Through[T]):
    owner = "source"


class ThroughScript(Through[T]):
    owner = "script__project"


def asset_path(asset: Asset, filename: str) -> str:
    return f"assets/{asset.workspace_id}/{asset.recipe[:2]}/{asset.recipe}/{filename}"


class Asset(models.Model):
    """A stored output under the hash of what it was made from. Unique in its workspace, so never made or paid twice."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="assets")
    recipe = models.CharField(max_length=64)
    kind = models.CharField(max_length=30)
    file = models.FileField(upload_to=asset_path, max_length=300, blank=True)
    media_type = models.CharField(max_length=80, blank=True)
    bytes = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    meta = models.JSONField(default=dict, blank=True)
    origin = models.JSONField(default=dict, blank=True, help_text="provider, model, licence")
    created = models.DateTimeField(default=timezone.now)
    objects = Owned["Asset"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "recipe"], name="one_asset_a_recipe")]

    def __str__(self) -> str:
        return f"{self.kind} {self.recipe[:10]}"

    @property
    def exists(self) -> bool:
        """Whether its bytes are still where they were put."""
        return not self.file or self.file.storage.exists(self.file.name)

    def content(self) -> builtins.bytes:
        with self.file.open("rb") as stream:
            return stream.read()


class Source(models.Model):
    """The uploaded file."""

    class Rights(models.TextChoices):
        OWN = "own", _("It is mine")
        LICENSED = "licensed", _("I have a licence")
        PUBLIC = "public", _("It is in the public domain")

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="sources")
    file = models.FileField(upload_to="sources/%Y/%m/", max_length=300)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    bytes = models.BigIntegerField(default=0)
    format = models.CharField(max_length=20)
    title = models.CharField(max_length=400)
    authors = models.JSONField(default=list)
    language = models.CharField(max_length=20, default="en")
    rights = models.CharField(max_length=10, choices=Rights.choices, blank=True)
    cover = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="+")
    warnings = models.JSONField(default=list, blank=True)
    created = models.DateTimeField(default=timezone.now)
    objects = Owned["Source"].as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def byline(self) -> str:
        return ", ".join(self.authors)


class Chapter(models.Model):
    """A part of the source as read. `paragraphs`: [{text, role, speaker, notes, note_id}]; spans point into `text`."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="chapters")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=400)
    kind = models.CharField(max_length=6, choices=[(k.value, k.value) for k in Kind], default=Kind.BODY.value)
    paragraphs = models.JSONField(default=list)
    words = models.PositiveIntegerField(default=0)
    objects = ThroughSource["Chapter"].as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="one_chapter_a_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def text(self) -> str:
        return SEPARATOR.join(p["text"] for p in self.paragraphs)

    @property
    def digest(self) -> str:
        """Hash of all that a script can depend on."""
        seen = "\x00".join(f"{p['role']}\x01{p.get('speaker', '')}\x01{p['text']}" for p in self.paragraphs)
        return hashlib.sha256(f"{self.title}\x02{seen}".encode()).hexdigest()

    @property
    def narrated(self) -> list[dict[str, Any]]:
        return [p for p in self.paragraphs if p["role"] in NARRATED]


class ChapterPicture(models.Model):
    """One of the book's own pictures; stands before paragraph number `before` (0-based)."""

    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="pictures")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="+")
    alt = models.CharField(max_length=500, blank=True)
    before = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["chapter", "before", "pk"]

    def __str__(self) -> str:
        return self.alt or f"picture of {self.chapter_id}"


class Project(models.Model):
    """One film being made."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="projects")
    source = models.ForeignKey(Source, models.PROTECT, related_name="projects")
    title = models.CharField(_("title"), max_length=400)
    workflow = models.CharField(max_length=30, default="film")
    options = models.JSONField(default=dict)
    lexicon = models.JSONField(default=dict, blank=True, help_text="written: said as")
    cap_usd = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    objects = Owned["Project"].as_manager()

    class Meta:
        ordering = ["-created"]
        indexes = [models.Index(fields=["workspace", "-created"])]

    def __str__(self) -> str:
        return self.title

    @property
    def film_options(self) -> FilmOptions:
        return FilmOptions.of(self.options)


class Character(models.Model):
    """Who appears. `look`: how; `voice`: "" is chosen for them; `lines`: how many they speak."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="characters")
    name = models.CharField(max_length=120)
    aliases = models.JSONField(default=list, blank=True)
    look = models.JSONField(default=dict, blank=True)
    voice = models.CharField(max_length=80, blank=True)
    mentions = models.PositiveIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)
    objects = Through["Character"].as_manager()

    class Meta:
        ordering = ["-mentions", "name"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="one_character_a_name")]

    def __str__(self) -> str:
        return self.name


class Script(models.Model):
    """The narration plan. One a recipe: the same choices find the same script, with every edit made to it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="scripts")
    recipe = models.CharField(max_length=64)
    mode = models.CharField(max_length=10)
    language = models.CharField(max_length=20)
    lines = models.JSONField(default=list)
    coverage = models.FloatField(default=0, help_text="per cent of the chosen chapters' words that are told")
    left_out = models.JSONField(default=list, blank=True)
    broken = models.BooleanField(default=False, help_text="Its scenes stand.")
    revision = models.PositiveIntegerField(default=0, help_text="How often a member changed it.")
    created = models.DateTimeField(default=timezone.now)
    objects = Through["Script"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "recipe"], name="one_script_a_recipe")]

    def __str__(self) -> str:
        return f"{self.mode} of {self.project_id}"


class Scene(models.Model):
    """The smallest filmable part. `segments`: [{text, speaker, start, end, role, paragraph}]; `brief`: its picture's.

    `takes`: how often a stage was asked to do it again; part of its recipe. By stage, too: `kept` the recipe of the
    take that was chosen, `held` of what stood when the scene was locked, `own` the asset that a member brought.
    `lips`: whether they move with the voice. `seed` makes its picture its own wherever it moves; `digests` are its recipes as last edited.
    """

    script = models.ForeignKey(Script, models.CASCADE, related_name="scenes")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300, blank=True)
    chapter = models.ForeignKey(Chapter, models.SET_NULL, null=True, related_name="scenes")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    segments = models.JSONField(default=list)
    brief = models.JSONField(default=dict)
    cast = models.JSONField(default=list, blank=True)
    opens = models.CharField(max_length=400, blank=True, help_text="Title of the chapter that begins here.")
    locked = models.BooleanField(default=False)
    lips = models.CharField(
        max_length=3, blank=True, choices=[("", _("as the script says")), ("on", _("yes")), ("off", _("no"))]
    )
    takes = models.JSONField(default=dict, blank=True)
    kept = models.JSONField(default=dict, blank=True)
    held = models.JSONField(default=dict, blank=True)
    own = models.JSONField(default=dict, blank=True)
    seed = models.PositiveIntegerField(default=0)
    digests = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField(default=timezone.now)
    objects = ThroughScript["Scene"].as_manager()

    class Meta:
        ordering = ["script", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["script", "number"], name="one_scene_a_number", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def narration(self) -> str:
        """The words as captions show them."""
        return " ".join(segment["text"].strip() for segment in self.segments)

    @property
    def words(self) -> int:
        return len(self.narration.split())


class Change(models.Model):
    """One edit of a script: the scenes it touched before and after, so that it can be told, shown and taken back.

    `before`, `after`: states of scenes (projects.desk.states); `order_before`, `order_after`: keys of all scenes, only
    when the order changed. `revision` is the script's after it.
    """

    script = models.ForeignKey(Script, models.CASCADE, related_name="changes")
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    scene = models.BigIntegerField(default=0)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    order_before = models.JSONField(default=list, blank=True)
    order_after = models.JSONField(default=list, blank=True)
    undone = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    objects = ThroughScript["Change"].as_manager()

    class Meta:
        ordering = ["-revision", "-pk"]
        indexes = [models.Index(fields=["script", "-revision"])]

    def __str__(self) -> str:
        return f"{self.kind} of script {self.script_id}, {self.revision}"


class ThroughScene(Through[T]):
    owner = "scene__script__project"


class Clash(models.Model):
    """Words that met others: two members wrote one scene at once. Both are kept until somebody chooses."""

    scene = models.ForeignKey(Scene, models.CASCADE, related_name="clashes")
    segments = models.JSONField(default=list)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    against = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    settled = models.DateTimeField(null=True, blank=True)
    objects = ThroughScene["Clash"].as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"clash in scene {self.scene_id}"

    @property
    def script(self) -> Script:
        return self.scene.script

    @property
    def narration(self) -> str:
        return " ".join(segment["text"].strip() for segment in self.segments)


class Take(models.Model):
    """One picture, voice or clip that a scene had; any of them may be chosen again. `scene` outlives a deletion."""

    script = models.ForeignKey(Script, models.CASCADE, related_name="takes")
    scene = models.BigIntegerField()
    stage = models.CharField(max_length=30)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="takes")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    objects = ThroughScript["Take"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["scene", "stage", "asset"], name="one_take_an_asset")]

    def __str__(self) -> str:
        return f"{self.stage} of scene {self.scene}"


def speakers(scenes: Iterable[Scene]) -> list[str]:
    """Who speaks in these scenes, in order of appearance; the narrator is ""."""
    return list(dict.fromkeys(segment.get("speaker", "") for scene in scenes for segment in scene.segments))
