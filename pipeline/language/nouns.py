"""Which nouns can be drawn: word vectors nearer to listed things than to listed thoughts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from pipeline.language.lexicon import ANIMALS, HAIR_AND_DRESS, word_set
from pipeline.language.vectors import vectors

CONCRETE = word_set(
    "table chair bottle key lamp door window book tree flower rose bird fish cat dog horse house castle bridge river "
    "mountain  "
    "boat ship train car wheel clock watch hat coat boots glove umbrella basket cup plate spoon knife bread cake "
    "apple egg  "
    "cheese soup jar box chest bag letter pen paper candle fire lantern sword gun rope ladder bed pillow curtain "
    "carpet mirror  "
    "piano violin drum bell flag tent wagon cart plough hammer saw nail axe shovel broom bucket barrel pot kettle "
    "stove  "
    "chimney roof wall fence gate garden hedge leaf branch root mushroom grass stone rock sand shell wave cloud moon "
    "sun star  "
    "snow ice rain rainbow mouse rabbit bear lion snake frog butterfly bee spider crown ring necklace coin purse map "
    "globe  "
    "telescope machine engine lever statue picture painting doll ball kite card chess throne stairs tower well hole "
    "cave  "
    "skeleton bone feather nest web net hook anchor sail oar lighthouse fountain bench cradle pipe bottle medicine "
    "teapot  "
    "saucer fan glove cupboard shelf drawer desk newspaper wand cauldron tombstone cross pumpkin corn wheat hay "
    "honey milk  "
    "butter tart pie sandwich orange lemon grape cherry nut shoe sock dress ribbon button needle thread scissors "
    "wreath  "
    "armchair blanket pedestal dial peg label log daisy pineapple toast toffee bookshelf bookcase fireplace hearth "
    "workshop bar  "
    "lid prism crystal quartz sphinx column parapet portal arch dome pillar fruit blossom bough berry pie plum peach "
    "pear carrot  "
    "onion cabbage potato turnip sausage ham bacon fishbone cap crown helmet shield spear bow arrow cannon knot "
    "string rod  "
    "plank board brick tile pane latch lock bolt hinge keyhole stool couch cot hammock mattress quilt towel soap "
    "comb brush  "
    "needle pin spindle loom anvil bellows kiln windmill scarecrow beehive anthill burrow den puddle pond brook "
    "canal dam  "
    "raft canoe oar mast deck cabin compass spyglass chart globe trunk suitcase parcel package stamp envelope "
    "postcard album  "
    "photograph camera radio telephone television rocket satellite robot aeroplane airship parachute bicycle "
    "motorcycle tram  "
    "building cottage palace hut stable fountain lantern lamppost signpost milestone bridge footprint hoof horn "
    "antler claw  "
    "beak wing tusk shell pearl diamond ruby jewel treasure sack purse wallet cigar cigarette tobacco spectacles "
    "monocle  "
    "skull flame smoke torch matches glass tray rug sofa barn mill bush vine cliff waterfall island shore"
)
ABSTRACT = word_set(
    "way thing time moment use idea thought mind reason question answer trouble pleasure sort kind case fact truth "
    "matter  "
    "subject word name story history lesson rule law order chance luck hope fear anger joy sorrow love hate interest "
    "curiosity surprise wonder delight disappointment difficulty doubt decision opinion feeling sense memory dream "
    "knowledge distance length height size number amount part half rest end beginning middle side top bottom place "
    "direction position minute hour day week month year century age life death birth world nature power force energy "
    "voice tone sound noise silence talk conversation speech remark reply conclusion attempt effort work business duty "
    "habit practice manner fashion style form shape colour degree extent state condition situation change difference "
    "result effect cause purpose plan method process experience event accident adventure opportunity possibility "
    "existence space dimension theory principle science mathematics argument explanation description account report "
    "language latitude longitude courage patience haste hurry pride shame guilt honour justice freedom peace war "
    "danger  "
    "safety health illness pain hunger sleep moral wisdom ignorance confusion anxiety temper mood spirit soul "
    "character person people man woman child friend family company party crowd group pair set bit piece lot deal "
    "plenty  "
    "something nothing anything everything somebody one two hundred thousand mile inch pound foot care attention "
    "notice  "
    "glance look sight view movement step turn motion speed start stop fall rise touch breath air darkness light "
    "conquest flourish triumph humanity civilization intelligence perfection outcome explanation impression "
    "development series  "
    "dread sensation temerity promise harmony weakness beauty splendour meaning belief condition struggle problem "
    "need welfare  "
    "security comfort pleasure ease population tendency instinct appetite tenderness jealousy passion affection "
    "suspicion  "
    "anticipation hesitation expression gesture attitude behaviour custom tradition authority command permission "
    "advice warning  "
    "therewith threadbare respect regard esteem contempt mistake error blunder fault virtue vice sin mercy grace "
    "glory fame  "
    "fortune wealth poverty price cost debt trade profit loss gain use waste rumour gossip news fact quarrel dispute "
    "bargain  "
    "guess riddle joke jest nonsense rubbish excuse apology invitation visit errand task journey trip tour route "
    "pace rate  "
    "thump bang crash roar murmur whisper scream shout laugh smile frown nod sob sigh yawn flavour taste smell "
    "colour shade  "
    "fool puff scrap fragment portion share rest remainder variety mixture mass heap quantity abundance lack want "
    "shortage  "
    "sentence syllable absence presence influence success failure advantage importance value meaning sign evening "
    "morning"
)
NEVER = word_set(
    "way thing time sort kind use mind nothing something anything everything one other bit while word "
    "people person man "
    "woman front back side end top bottom middle moment minute air life hand head foot face eye ear nose mouth arm leg "
    "finger lip shoulder hair neck voice body heart tear inch mile feet foot yard rate bit lot deal line row pair "
    "hurry  "
    "corner centre center edge round turn day night morning evening afternoon week year hour second place work fact "
    "chapter  "
    "gentleman lady boy girl child name story question answer fancy dear reason matter business notice trouble beast "
    "creature anybody somebody nobody everybody course sense self world earth ground distance direction part half rest "
    "number size height length colour color shape form play game trial order"
)


_NEAREST = 10  # examples of each kind that a noun is held against
_SCALE = 4.0  # a difference of cosines of 0.25 is sure


@lru_cache(maxsize=1)
def _examples() -> tuple[np.ndarray, np.ndarray]:
    return vectors(sorted(set(CONCRETE))), vectors(sorted(set(ABSTRACT)))


def _nearness(rows: np.ndarray, examples: np.ndarray) -> np.ndarray:
    """Mean cosine to the nearest examples."""
    return np.sort(rows @ examples.T, axis=1)[:, -_NEAREST:].mean(1)


_SCORES: dict[str, float] = {}  # what was asked before; a language has only so many nouns


def drawable(nouns: Sequence[str]) -> dict[str, float]:
    """For each noun (lower case, singular) how well it can be drawn: below 0 not at all, 1 surely."""
    new = sorted(set(nouns) - _SCORES.keys())
    if new:
        rows = vectors(new)
        things, thoughts = _examples()
        scores = (_nearness(rows, things) - _nearness(rows, thoughts)) * _SCALE
        _SCORES.update((noun, _known(noun, float(score))) for noun, score in zip(new, scores, strict=True))
    return {noun: _SCORES[noun] for noun in nouns}


def _known(noun: str, score: float) -> float:
    if noun in _NO or len(noun) < 3 or (noun.endswith("ing") and noun not in _EXCEPTIONS):
        return -1.0
    if noun in _SURE:
        return 1.0
    if (
        noun.endswith(("ness", "tion", "sion", "ment", "ity", "ance", "ence", "ism", "hood", "dom", "ship"))
        and noun not in _EXCEPTIONS
    ):
        return -1.0
    return min(score, 1.0)


_SURE = frozenset(CONCRETE) | ANIMALS | HAIR_AND_DRESS - {"hair", "eyes", "nose", "ears", "fur", "tail"}
_NO = NEVER | (frozenset(ABSTRACT) - frozenset(CONCRETE))
_EXCEPTIONS = frozenset(
    {
        "ring",
        "king",
        "wing",
        "building",
        "painting",
        "string",
        "ceiling",
        "pudding",
        "sling",
        "swing",
        "ship",
        "fence",
        "audience",
        "station",
        "monument",
        "city",
        "cement",
    }
)
