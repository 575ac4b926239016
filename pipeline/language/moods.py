"""Words that give a scene its mood, and verbs that a picture can show."""

from __future__ import annotations

from pipeline.language.lexicon import word_set

MOODS = {
    "joy": "gay gaily eager eagerly hopeful proud proudly friendly kind kindly party feast welcome pretty "
    "applause rejoiced joy joyful happy happily happiness laugh laughed laughing laughter smile smiled "
    "smiling grin grinned grinning merry merrily delight delighted delightful glad gladly cheer cheered "
    "cheerful cheerfully pleased fun dance danced dancing sing sang singing play played playing hurrah "
    "jolly",
    "fear": "timid timidly pale shiver shivered shivering howl howling monstrous loathed peril threat threatening "
    "flee fled hid escape cautious cautiously cold fear afraid frightened fright terror terrified "
    "terrible horror horrible horrid dread dreadful scared scream screamed trembling trembled tremble "
    "shuddered shudder danger dangerous nervous nervously alarm alarmed panic dark darkness ghost monster "
    "shriek shrieked anxious anxiously",
    "sadness": "bitter bitterly desolate gloomy grave gravely weary wearily mourn mourned regret sorry pity wretched "
    "moan moaned sad sadly sorrow sorrowful tears weep wept weeping cry crying sob sobbed sobbing sigh "
    "sighed sighing lonely alone melancholy mournful grief miserable unhappy disappointment disappointed "
    "poor dead died death lost despair",
    "anger": "impatient impatiently severe severely snapped growl growled violent violently rude insult execution "
    "glared sharply hastily beat beating anger angry angrily furious furiously fury rage raging savage "
    "savagely indignant indignantly offended quarrel shouted roared fierce fiercely fight fought fighting "
    "stamped stamping scowled frown frowned hate hated cross crossly off passion",
    "wonder": "vast splendid dazzling glow glowed glowing enormous huge immense secret shimmering silver stared "
    "gazed wonder wondered wondering wonderful curious curiously curiosity strange strangely surprise "
    "surprised surprising astonished astonishment amazed amazement marvel marvellous marvelous magic "
    "magical beautiful lovely loveliest remarkable queer extraordinary golden bright glittering shining "
    "stars suddenly never mysterious odd",
    "calm": "calm calmly quiet quietly peace peaceful peacefully gentle gently softly soft sleepy slowly rest "
    "rested resting still silent silence sitting dreamy warm comfortable comfortably",
}
MOOD_OF = {w: name for name, words in MOODS.items() for w in words.split()}
FAINT = word_set(
    "kind cold pretty hid escape grave beat huge vast silver hastily dear never poor still off cry crying "
    "dark suddenly lost alone play cross curious odd bright queer wonder wondered wondering"
)

# Verb lemma -> the action a picture shows.
ACTIONS = {
    "run": "run hurry rush race chase dash scamper flee hasten gallop trot bolt",
    "walk": "walk wander stroll march stride tramp hike stalk creep tiptoe pace trudge trot_on",
    "fall": "fall tumble drop sink topple collapse slip stumble",
    "fly": "fly soar float hover",
    "swim": "swim dive paddle",
    "climb": "climb scramble clamber ascend",
    "jump": "jump leap hop spring skip bound",
    "sit": "sit seat perch squat crouch",
    "stand": "stand wait lean",
    "lie": "lie",
    "sleep": "sleep doze nap snore dream",
    "kneel": "kneel bow curtsey curtsy",
    "read": "read",
    "write": "write draw scribble paint",
    "eat": "eat munch nibble bite dine devour swallow taste",
    "drink": "drink sip",
    "cook": "cook bake stir boil",
    "cry": "cry weep sob",
    "laugh": "laugh grin giggle chuckle smile",
    "sing": "sing chant",
    "dance": "dance waltz",
    "play": "play",
    "fight": "fight beat strike hit kick attack wrestle",
    "ride": "ride drive",
    "sail": "sail row steer",
    "carry": "carry bring drag haul",
    "hold": "hold grasp clutch grip seize catch snatch",
    "give": "give hand offer",
    "open": "open unlock",
    "close": "close shut lock",
    "knock": "knock rap tap",
    "look": "look watch gaze stare peer peep glance see observe examine",
    "point": "point beckon wave",
    "throw": "throw toss fling hurl",
    "push": "push pull shove tug",
    "dig": "dig",
    "cut": "cut chop saw",
    "hide": "hide",
    "search": "search hunt seek",
    "shout": "shout scream shriek yell roar",
    "grow": "grow swell",
    "shrink": "shrink",
    "fetch": "fetch pick gather take",
    "light": "light kindle",
    "build": "build mend",
    "talk": "say talk speak ask reply answer tell whisper",
    "think": "think wonder consider",
}
ACTION_OF = {w: name for name, words in ACTIONS.items() for w in words.split()}
STILL = frozenset({"talk", "think", "look", "stand", "fetch", "hold", "give"})  # weaker than anything that moves
