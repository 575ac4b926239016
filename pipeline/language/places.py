"""Words of place, time of day and weather, each with the one word a picture is drawn from."""

from __future__ import annotations

from pipeline.language.lexicon import word_set

INDOORS = {
    "hall": "hall corridor passage hallway lobby vestibule gallery",
    "kitchen": "kitchen pantry scullery larder",
    "bedroom": "bedroom nursery bedchamber bedside dormitory",
    "dining room": "dining-room dinner-table supper-table",
    "living room": "drawing-room living-room parlour parlor sitting-room smoking-room fireside hearth fireplace lounge",
    "room": "room chamber apartment study office closet attic garret loft cabin cell hut cottage",
    "library": "library bookshop bookroom archive",
    "laboratory": "laboratory workshop forge smithy studio",
    "school": "school schoolroom classroom schoolhouse",
    "shop": "shop store bakery",
    "inn": "inn tavern pub café cafe restaurant hotel",
    "church": "church chapel cathedral temple abbey monastery",
    "courtroom": "courtroom court-room dock",
    "palace": "throne-room ballroom banquet",
    "museum": "museum theatre theater",
    "prison": "prison dungeon jail gaol",
    "cellar": "cellar basement vault crypt",
    "stairs": "stairs staircase stairway stairwell",
    "lighthouse room": "lamp-room lantern-room",
    "barn": "barn stable granary shed mill windmill watermill",
    "train": "train railway-carriage compartment",
    "hospital": "hospital ward infirmary",
    "cave": "cave cavern grotto",
}
OUTDOORS = {
    "garden": "garden orchard flower-bed flower-beds lawn croquet-ground rose-tree courtyard yard",
    "forest": "forest wood woods woodland grove thicket jungle glade",
    "meadow": "meadow field pasture moor heath common prairie clearing grass hedge",
    "river bank": "bank riverbank riverside",
    "river": "river stream brook creek rapids waterfall ford",
    "lake": "lake pond pool lagoon",
    "sea": "sea ocean waves reef",
    "beach": "beach shore seashore sand sands strand seaside coast bay cove",
    "ship": "ship boat deck raft barge schooner steamer vessel",
    "harbour": "harbour harbor port quay pier dock wharf",
    "island": "island isle",
    "street": "street lane alley avenue pavement sidewalk square market market-place marketplace",
    "road": "road path track highway crossroads roadside trail",
    "village": "village hamlet",
    "town": "town city",
    "bridge": "bridge",
    "house": "house doorstep doorway porch gate veranda farmhouse mansion lodge",
    "castle": "castle fortress",
    "palace grounds": "palace",
    "tower": "tower steeple belfry",
    "lighthouse": "lighthouse",
    "hill": "hill hillside slope hilltop hillock mound knoll",
    "mountain": "mountain peak summit cliff cliffs crag ridge precipice pass",
    "valley": "valley ravine gorge canyon",
    "desert": "desert dune dunes wilderness",
    "marsh": "marsh swamp bog fen",
    "farm": "farm farmyard vineyard",
    "graveyard": "graveyard churchyard cemetery grave",
    "ruins": "ruin ruins",
    "well": "well pit shaft",
    "tunnel": "tunnel rabbit-hole burrow underground",
    "sky": "sky clouds",
    "space": "planet spaceship",
    "roof": "roof rooftop chimney balcony",
    "station": "station platform",
    "camp": "camp tent campfire",
    "snow field": "snowfield glacier",
}
# Weak words name a place only when something happens in it ("into the room"), never by being mentioned.
WEAK = word_set(
    "room house bank pool air moon well common square dock pass court study office path road track grass "
    "field wood hedge gate "
    "door doorway port common space closet grave sand table boat mill deck store town city island roof chimney ward "
    "cell  "
    "hut cottage cabin sea ship sky clouds planet fireplace hearth train bay waves compartment gallery platform"
)
PLACE_OF = {w: (name, True) for name, words in INDOORS.items() for w in words.split()} | {
    w: (name, False) for name, words in OUTDOORS.items() for w in words.split()
}

TIMES = {
    "dawn": "dawn daybreak sunrise cockcrow",
    "day": "morning noon midday afternoon daylight sunshine sunlight breakfast",
    "dusk": "dusk sunset twilight evening nightfall gloaming",
    "night": "night midnight moonlight starlight moonlit starry bedtime moonrise",
}
TIME_OF = {w: name for name, words in TIMES.items() for w in words.split()}
WEATHERS = {
    "rain": "rain raining rained drizzle shower showers rainy raindrops",
    "snow": "snow snowing snowed snowflakes snowy blizzard snowstorm",
    "storm": "storm thunder lightning tempest gale hurricane thunderstorm stormy squall",
    "fog": "fog mist foggy misty haze",
    "clear": "sunny sunshine sunlight cloudless",
    "wind": "wind windy breeze gust",
}
WEATHER_OF = {w: name for name, words in WEATHERS.items() for w in words.split() if name != "wind"}
INTO = word_set(
    "in into inside within through at on upon across along down up over under beneath by near beside to "
    "among outside onto behind"
)
MOVES = word_set(
    "go come enter walk run hurry rush step climb return reach arrive fall drop leave wander follow lead "
    "jump march ride "
    "drive sail find swim crawl creep slip tumble escape land travel turn pass cross descend ascend get "
    "bring take carry"
)
