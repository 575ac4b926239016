"""How a body shows a verb: the angles of its bones. 0 hangs down, 90 points forward, 180 up; degrees."""

from __future__ import annotations

from dataclasses import dataclass

Bones = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pose:
    """Arms are (upper, fore), legs (thigh, shin), near side first. `rest`: feet, seat, ground, air, lie, water. `face`: wanted expression."""

    near_arm: Bones = (-10, 6)
    far_arm: Bones = (14, 26)
    near_leg: Bones = (-5, -4)
    far_leg: Bones = (8, 4)
    lean: float = 0
    nod: float = 0
    turn: float = 0
    rest: str = "feet"
    face: str = ""
    speed: bool = False
    prop: str = ""  # what the hands hold unless the scene has something better


POSES: dict[str, Pose] = {
    "stand": Pose(),
    "talk": Pose((24, 100), (12, 70), face="talk"),
    "walk": Pose((-28, -8), (26, 48), (26, 8), (-20, -34), lean=4),
    "run": Pose((-58, 22), (52, 132), (66, -18), (-34, -98), lean=20, nod=-8, speed=True),
    "sit": Pose((26, 72), (34, 80), (86, 4), (80, -6), rest="seat", lean=-3),
    "crouch": Pose((38, 88), (46, 96), (108, -38), (98, -44), lean=30, rest="ground"),
    "read": Pose((24, 104), (34, 112), (86, 6), (80, -4), rest="seat", nod=14, face="down", prop="book"),
    "write": Pose((36, 92), (30, 84), (86, 6), (80, -4), rest="seat", nod=14, lean=8, face="down", prop="quill"),
    "sleep": Pose((6, 24), (18, 60), (6, -8), (24, -18), turn=-84, rest="lie", face="sleep"),
    "fall": Pose((148, 168), (-138, -160), (38, -22), (-22, -64), turn=24, rest="air", face="fear"),
    "float": Pose((78, 96), (-70, -84), (18, -4), (-12, -34), turn=10, rest="air"),
    "fly": Pose((100, 98), (86, 92), (-14, -20), (4, -14), turn=66, nod=-30, rest="air", speed=True),
    "swim": Pose((150, 160), (60, 40), (8, -14), (-10, 6), turn=70, nod=-40, rest="water"),
    "kneel": Pose((30, 70), (38, 76), (14, -88), (88, 2), nod=8),
    "pray": Pose((34, 128), (40, 132), (10, -88), (24, -84), nod=16, face="sleep"),
    "point": Pose((92, 92), (10, 18)),
    "reach": Pose((138, 152), (118, 140), nod=-14),
    "carry": Pose((22, 92), (32, 96), (14, 2), (-12, -22)),
    "hold": Pose((26, 108), (14, 40)),
    "give": Pose((58, 84), (22, 64), lean=6),
    "climb": Pose((158, 172), (118, 158), (78, -6), (14, -24), nod=-18),
    "jump": Pose((142, 158), (-126, -148), (58, -42), (-18, -82), rest="air", face="joy"),
    "dance": Pose((118, 162), (-104, -146), (30, -28), (-10, -12), lean=-4, face="joy"),
    "cry": Pose((54, 158), (62, 160), nod=18, face="sadness"),
    "eat": Pose((34, 142), (20, 62), face="eat"),
    "drink": Pose((46, 148), (10, 30), nod=-10, face="sleep"),
    "think": Pose((34, 150), (30, 96), nod=4, face="think"),
    "look": Pose((-8, 6), (70, 152), lean=6, nod=-4),
    "peep": Pose((40, 78), (46, 90), (30, -26), (20, -34), lean=34, nod=-10),
    "wave": Pose((136, 168), (12, 24), face="joy"),
    "fight": Pose((78, 112), (-30, 30), (34, 6), (-26, -34), lean=8, face="anger"),
    "push": Pose((82, 92), (76, 88), (34, -4), (-30, -40), lean=22),
    "pull": Pose((72, 66), (78, 70), (38, 22), (-14, -18), lean=-22),
    "bow": Pose((4, 30), (30, 44), lean=52, nod=10),
    "row": Pose((62, 80), (70, 84), (84, 30), (78, 24), rest="seat", lean=8),
    "dig": Pose((52, 64), (64, 76), (30, 0), (-16, -30), lean=28, nod=8),
    "throw": Pose((150, 120), (70, 80), (30, 8), (-24, -30), lean=-8),
    "hide": Pose((40, 130), (50, 140), (104, -40), (96, -46), lean=26, rest="ground", face="fear"),
    "shout": Pose((60, 150), (50, 148), lean=-4, nod=-8, face="talk"),
    "play": Pose((40, 96), (58, 118), face="joy"),
}  # fmt: skip

VERBS: dict[str, str] = {
    "talk": "talk say speak tell ask answer reply explain argue discuss whisper remark cry_out greet chat call meet introduce",
    "walk": "walk go come wander stroll enter leave arrive return follow travel cross march approach step pass journey lead",
    "run": "run rush hurry chase flee escape race dash hasten gallop pursue scamper",
    "sit": "sit rest wait stay settle ride perch",
    "crouch": "crouch stoop squat",
    "read": "read study",
    "write": "write draw sign paint note scribble",
    "sleep": "sleep doze dream faint lie nap die drowse",
    "fall": "fall tumble drop sink slip plunge trip collapse",
    "float": "float drift hover vanish rise",
    "fly": "fly soar",
    "swim": "swim dive bathe drown splash",
    "kneel": "kneel pick gather collect search",
    "pray": "pray beg plead bless",
    "point": "point show indicate accuse command order warn",
    "reach": "reach grab stretch catch touch pluck open unlock knock hang lift",
    "carry": "carry bring bear fetch deliver take sell buy cook serve",
    "hold": "hold keep find discover have use light",
    "give": "give offer hand pay present pour",
    "climb": "climb scramble mount ascend",
    "jump": "jump leap spring skip hop bounce",
    "dance": "dance celebrate sing",
    "cry": "cry weep sob mourn grieve",
    "eat": "eat bite taste swallow nibble dine feast",
    "drink": "drink sip",
    "think": "think wonder consider ponder remember puzzle decide reflect know believe forget",
    "look": "look see watch stare gaze notice observe listen hear examine",
    "peep": "peep peer spy lean creep",
    "wave": "wave beckon salute smile laugh",
    "fight": "fight strike hit beat attack kill stab cut chop hammer break smash",
    "push": "push press shove force",
    "pull": "pull drag haul tug tow fish",
    "bow": "bow curtsey",
    "row": "row paddle sail steer drive",
    "dig": "dig plant sweep sow rake clean wash scrub shovel",
    "throw": "throw toss hurl fling cast",
    "hide": "hide shiver tremble fear",
    "shout": "shout scream yell exclaim roar",
    "play": "play laugh juggle",
}
OF_VERB = {verb: pose for pose, verbs in reversed(VERBS.items()) for verb in verbs.split()}
