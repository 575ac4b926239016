# ruff: noqa: E501 - tables read better in long rows
"""What words mean to the illustrator: nouns -> drawings, animals -> bodies and faces, sizes, and where things belong.

One drawing a row: the drawing, then every word that asks for it.
"""

from __future__ import annotations

_ROWS = """
🔑 key
🗝 golden key|old key|little key
🚪 door|doorway|gateway|entrance
flask potion|phial|vial|medicine|elixir|poison|draught|flask|decanter|remedy|tonic
bottle bottle|ink-bottle|oil|vinegar|rum|brandy|ale-bottle
⏱ watch|pocket-watch|pocket watch|stop-watch|timepiece|chronometer
🕰 clock|mantelpiece clock|dial|grandfather clock
📖 book|open book|volume|bible|diary|novel|page|story-book|log-book
📚 books|shelf|bookshelf|bookcase|shelves|library|heap of books
✉ letter|envelope|note|message|invitation
📜 scroll|parchment|document|manuscript|paper|contract|decree|list|drawing|plan
🗺 map|chart|atlas
🕯 candle|taper|candlestick|wax|wick
lantern lantern|lamp|light|lamps|oil lamp
cupboard cupboard|wardrobe|cabinet|dresser|closet|locker
🔥 fire|flame|bonfire|campfire|blaze|hearth|fireplace|torch|ember|smoke
💧 tear|drop|droplet|water|raindrop
🌊 wave|waves|breaker|surf|flood|billow|tide
⛵ boat|sailboat|sail|yacht|sloop|vessel|fishing-boat|fishing boat|schooner
🚣 rowing
🛶 canoe|rowing-boat|rowing boat|rowboat|dinghy|skiff|oar|oars
🚢 steamer|steamship|liner
galleon ship|galleon|frigate|brig
⚓ anchor
net net|fishing-net|fishing net|nets
🎣 fishing-rod|fishing rod|rod|hook|line|angler
🐟 fish|herring|trout|salmon|cod|mackerel|carp|pike
🐋 whale
🦈 shark
🐬 dolphin|porpoise
🦀 crab
🦞 lobster
🐚 shell|seashell|shells
lighthouse lighthouse|beacon
🏠 house|home|cottage|building|lodge|farmhouse
🏡 garden house|villa
🏘 houses|village|town|hamlet
🏰 castle|fortress|palace
tower tower|turret|belfry|keep|campanile
⛪ church|chapel|cathedral|steeple|abbey
🛖 hut|cabin|shed|shelter|hovel
⛺ tent|camp
🏛 temple|courthouse|museum|pillar|column|hall of columns
🏭 factory
🏫 school
windmill mill|windmill
well well
⛲ fountain
gate gate
fence fence|railing|palisade|rail|rails
🌉 bridge
lamppost lamp-post|lamppost|street-lamp|street lamp|gaslight
🌳 tree|oak|elm|beech|ash|chestnut-tree|apple-tree|trees|branch|bough|wood
🌲 pine|fir|evergreen|spruce|larch
🌴 palm|palm-tree
🌵 cactus
🌿 herb|fern|plant|bush|weed|grass|shrub|leaves|hedge|vine|ivy
🍃 leaf
🍂 autumn leaves|dead leaves
🌹 rose|rose-tree|rosebush
🌷 tulip|flower|flowers|bluebell
🌼 daisy|daisies|daisy-chain|buttercup|blossom
🌻 sunflower|marigold
💐 bouquet|nosegay|wreath|garland
🍄 mushroom|toadstool|fungus
🪨 rock|stone|boulder|pebble|marble|cliff
🪵 log|wood pile|firewood|timber|trunk|stump|plank
⛰ mountain|peak|crag
🌋 volcano
🌙 moon|crescent
🌕 full moon
☀ sun|sunshine|sunlight
⭐ star|stars
☁ cloud|clouds
🌈 rainbow
⚡ lightning|thunderbolt|spark|electricity
❄ snowflake|snow|frost|ice
⛄ snowman
🌪 whirlwind|tornado|storm
🐇 rabbit|hare|bunny
🐁 mouse|mice|dormouse|shrew|vole
🐀 rat
🐈 cat|kitten|puss|tom-cat|tomcat
🐕 dog|hound|puppy|mastiff|terrier|spaniel|poodle|bulldog|mongrel|collie|retriever
fox fox|vixen
wolf wolf|wolves
bear bear
lion lion|lioness
🐅 tiger
🐎 horse|pony|mare|stallion|steed|colt|foal|filly
🫏 donkey|ass|mule
🐄 cow|cattle|calf
🐂 ox|bull|bullock|buffalo|yak
🐖 pig|hog|sow|piglet|swine
🐑 sheep|lamb|ewe|flock
🐐 goat|kid
🐓 rooster|cock|cockerel
🐔 hen|chicken|chick
🦆 duck|drake|duckling
🪿 goose|geese|gander
🦢 swan
🦉 owl
🦅 eagle|hawk|falcon|vulture|kite bird|lory
🐦 bird|sparrow|robin|lark|thrush|swallow|nightingale|seagull|gull|gulls|pigeon|crow|raven|magpie|canary|woodpecker|kingfisher|cuckoo|albatross|ostrich|heron|stork|jackdaw|wren
🕊 dove
🦜 parrot|macaw
🦚 peacock
🦤 dodo
🦩 flamingo
🐧 penguin
🦇 bat
🐸 frog|toad
🐢 turtle|tortoise|mock turtle
🐊 crocodile|alligator
🐍 snake|serpent|viper|adder
🦎 lizard|newt|salamander
🐛 caterpillar|worm|grub|larva
🦋 butterfly|moth|dragonfly
🐝 bee|wasp|hornet
🕷 spider
🕸 cobweb|spider web|web
🐌 snail
🐞 ladybird|ladybug|beetle
🐜 ant
🦔 hedgehog|porcupine
🐿 squirrel|chipmunk
🦌 deer|stag|doe|hart|fawn|moose|elk
🦡 badger
🦦 otter|stoat|ferret|mongoose|weasel
🐘 elephant
🐒 monkey|ape|chimpanzee|gibbon|baboon
🐪 camel
🐆 leopard|panther|jaguar|cheetah|puma
🦏 rhinoceros|rhino
🦛 hippopotamus|hippo
🐉 dragon|gryphon|griffin|monster
🦄 unicorn
👻 ghost|spirit|phantom|spectre
💀 skull|skeleton|bones
🦴 bone
🪦 grave|tombstone|gravestone|tomb
⚰ coffin
🧙 wizard|magician|sorcerer
🧚 fairy
🧜 mermaid
🍎 apple|apples
🍊 orange|marmalade
🍋 lemon
🍐 pear
🍇 grape|grapes
🍒 cherry|cherries|cherry-tart
🍓 strawberry
🫐 berry|blueberries|blackberry|currant|currants
🌰 nut|chestnut|acorn|walnut
🌾 wheat|corn|hay|barley|straw|sheaf|harvest
🎃 pumpkin
🥕 carrot|turnip
🥬 cabbage|lettuce
🥔 potato
🧅 onion
🍞 bread|loaf|toast|crust
🍰 cake|slice of cake
🥧 pie|tart|pudding|pastry|dough
🍪 biscuit|cookie|comfit|comfits
🍬 candy|sweet|sweetmeat|toffee|sugar
🧀 cheese
🧈 butter
🥚 egg|eggs
🍯 honey|jam|jar of honey|treacle
jar jar|pot of jam|marmalade jar|marmalade-jar
🥛 milk
🍷 wine|goblet|glass of wine|wineglass
🍺 beer|ale|mug|tankard
🫖 teapot|tea-pot|kettle
☕ tea|cup|teacup|coffee|cocoa
🍲 soup|stew|broth|pot|saucepan|porridge|cauldron
🍖 meat|mutton|joint|ham|beef
🍗 turkey|roast|drumstick|fowl
🍽 plate|dish|dinner|supper|meal|breakfast|feast
🥣 bowl|saucer|basin
🥄 spoon|ladle
🍴 fork
🔪 knife|blade
🧺 basket|hamper
🪣 bucket|pail
barrel barrel|cask|keg
📦 parcel|package
chest box|chest|trunk|casket|treasure|case|coffer
🧳 luggage|suitcase|portmanteau
👝 bag|pouch|purse|money|sack|wallet|knapsack
🪙 coin|gold|penny|shilling|sixpence|silver|halfpenny
💎 diamond|jewel|gem|crystal|ruby|emerald|quartz
💍 ring|wedding ring
📿 necklace|beads|pearl|pearls|chain of beads
👑 crown|coronet
🪞 mirror|looking-glass|looking glass
🖼 picture|portrait|painting|picture frame
🪟 window|pane
🛏 bed|pillow|mattress|blanket|couch bed
🪑 chair|stool|throne|armchair|seat
🛋 sofa|couch|settee
table table|desk|counter|bench|glass table
stove stove|oven|furnace|range
🧹 broom|brush
🪓 axe|hatchet
🔨 hammer
🪚 saw
🔧 wrench|spanner|screwdriver
⚙ gear|cog|wheel|lever|levers|clockwork|mechanism|machinery
machine machine|engine|contraption|apparatus|time machine|time-machine|model
🪜 ladder|stairs|steps|staircase|stair
🪢 rope|cord|string|knot|twine
⛓ chain|chains|shackle
🪡 needle
🧵 thread|spool
🧶 yarn|wool
✂ scissors|shears
🪶 feather|quill|pen|plume
✏ pencil|crayon
🧭 compass
🔭 telescope|spyglass
🔍 magnifying glass|lens
🔬 microscope
⚗ alembic|retort|chemistry
🧪 test tube|tube
🔮 crystal ball|globe|orb
🪄 wand|magic wand
⚔ swords|battle|duel
🗡 sword|dagger|sabre|cutlass|harpoon|spear|lance
🛡 shield|armour
🏹 bow|arrow|arrows
🔫 gun|pistol|musket|rifle
💣 bomb|cannonball
🥁 drum|tambourine
🎺 trumpet|bugle|horn
🎻 violin|fiddle|cello|violoncello|viola
🪈 flute|whistle
🪕 banjo|lute|guitar
🎹 piano|organ
🔔 bell|bells|gong
🎵 music|song|tune
🎩 hat|top hat|bowler
👒 bonnet|sun hat|straw hat
🧢 cap
🧤 glove|gloves|mittens
🧣 scarf|shawl
🧥 coat|jacket|cloak|waistcoat|jersey|mackintosh
👗 dress|gown|frock|petticoat
👕 shirt
👞 shoe|shoes
🥾 boot|boots
🧦 sock|stocking
👓 spectacles|glasses|eyeglass
🌂 umbrella|parasol
🪭 fan
🎀 ribbon|bow ribbon
🎁 present|gift|prize
🎈 balloon
🪁 kite
🧸 teddy bear|toy
🪆 doll
♟ chess|chessman
🃏 card|cards|pack of cards|playing-card
🎲 dice|die
🎪 circus|fair
⛱ market|stall|awning|market stall|booth
🛒 cart|barrow|wheelbarrow
🚂 train|locomotive|railway|steam engine
🚃 carriage|wagon|waggon|coach
🚲 bicycle
🛷 sledge|sled|sleigh
🚗 car|motor|automobile
🎠 carousel
🪹 nest
🪺 nest with eggs
🕳 hole|rabbit-hole|pit|burrow
🪤 trap
🏖 sandcastle
🗿 statue|sphinx|idol
🧱 brick
⛏ pick|pickaxe|spade|shovel
🪴 pot plant|flower-pot|flowerpot
🏝 island
💨 wind|gust|puff
🧊 ice block|iceberg
🥀 withered flower
🪽 wing|wings
🐾 paw|footprint|footprints|track of paws
🚬 cigar|cigarette
🧼 soap
🧴 lotion
🪒 razor
🧰 toolbox|tools
📯 post horn|post-horn
📰 newspaper
🔦 torchlight
🏺 vase|urn|pitcher|jug|pottery|amphora
🦪 oyster|oysters
🐙 octopus
🪸 coral
🫧 bubble|bubbles|foam
🌱 seed|seedling|sprout|clover
"""

THINGS: dict[str, str] = {
    word: row.split(" ", 1)[0] for row in _ROWS.strip().splitlines() for word in row.split(" ", 1)[1].split("|")
}

# Worn things are seen on people; the passage alone does not bring them into the picture.
_WORN = """
hat coat jacket dress glove gloves waistcoat shoe shoes boots bonnet cap scarf shirt gown cloak frock stocking
spectacles jersey petticoat shawl purse pocket ribbon
"""
WORN = frozenset(_WORN.split())

# Words whose nearest drawing would mislead.
# Words that are more often verbs or adverbs: the passage alone does not make things of them.
_DOUBTFUL = """
saw well watch ring fly bow rose wind bear note case match light fan hook rail sink nail duck seal sow ram branch spring
page line plan ball bat trunk chest song music tune bell breakfast dinner supper meal log stick rope orange steps track
kid cock ass fire spark star storm cross stone rock cloud sun moon wave tear net model engine can back lamp swallow game
"""
DOUBTFUL = frozenset(_DOUBTFUL.split())

_AVOID = """
bar pipe windy hill wall laboratory weather elbow collar spill crest thistle
room hall passage way ground floor ceiling side end foot feet inch mile head hand arm leg finger eye ear nose
hair face mouth tongue chin neck shoulder knee back heart body figure voice word name child girl boy man woman
people person sister brother mother father friend king queen prince princess gentleman lady sir thing time day
night morning evening afternoon sky air earth world sea ocean river stream land street road lane path garden
field meadow forest shore beach coast dimension space distance darkness shadow dust corner middle edge top
bottom pair story lesson question answer game sort kind moment minute hour year idea thought dream sleep noise
sound silence curiosity glass iron metal wood stuff temper trouble latitude longitude antipathy bit lot bank
deck pool centre row heap pocket handkerchief mantelpiece tablecloth curtain carpet velvet rowlock
"""
AVOID = frozenset(_AVOID.split())

# Animals that have no whole body in the font stand upright on a drawn one, with this face.
FACES = {
    "rabbit": "🐰", "hare": "🐰", "mouse": "🐭", "dormouse": "🐭", "rat": "🐭", "cat": "🐱", "kitten": "🐱", "dog": "🐶", "puppy": "🐶", "fox": "🦊",
    "vixen": "🦊", "wolf": "🐺", "bear": "🐻", "lion": "🦁", "tiger": "🐯", "horse": "🐴", "donkey": "🐴", "cow": "🐮", "pig": "🐷", "boar": "🐗", "frog": "🐸",
    "toad": "🐸", "monkey": "🐵", "hamster": "🐹", "panda": "🐼", "koala": "🐨", "raccoon": "🦝", "badger": "🦡", "chick": "🐤", "penguin": "🐧",
    "dragon": "🐲", "moose": "🫎", "deer": "🦌", "goat": "🐐",
}  # fmt: skip
BEASTS = {
    "fox": "🦊",
    "wolf": "🐺",
    "bear": "🐻",
    "lion": "🦁",
    "raccoon": "🦝",
}  # a face in the font, a body of our own

# Heights beside a grown person (1), a little exaggerated as in picture books.
SIZES = {
    **dict.fromkeys("🌳🌲🌴", 1.9), **dict.fromkeys("🏠🏡🏘🏛🏫⛪", 2.1), **dict.fromkeys("🏰🏭🌋⛰", 2.4), "🛖": 1.5, "⛺": 1.15, "🚪": 1.35, "🪜": 1.2, "🌵": 1.0,
    **dict.fromkeys("🐎🫏🐄🐂🦌🐪🦄", 1.0), "🐘": 1.4, "🐉": 1.7, "🐋": 1.3, "🦈": 0.8, "🐬": 0.8, "🐅": 0.8, **dict.fromkeys("⛵🚢", 1.9), "🛶": 0.6, "🚣": 0.7,
    **dict.fromkeys("🚂🚃🚗", 1.4), "⛲": 1.1, "🛏": 0.72, "🪑": 0.62, "🛋": 0.8, "🕰": 0.42, "🎹": 0.6, "🪞": 0.8, "🖼": 0.7, "🪟": 0.9, "🌊": 0.8, "🌻": 0.8, "🎪": 1.8,
    **dict.fromkeys("🐖🐑🐐🐕", 0.5), **dict.fromkeys("🐇🐈🐓🐔🦆🪿🐢🦊🦔🦉🦅🦚🦢🦩", 0.36), "🦤": 0.6, **dict.fromkeys("🐁🐀🐸🐦🐿🦎🐛🐌", 0.24), "🐊": 0.7,
    **dict.fromkeys("🦋🐝🐞🐜🕷🍃💧", 0.17), **dict.fromkeys("🌷🌼🌹🍄🌱", 0.28), "🌿": 0.3, "🪨": 0.4, "🪵": 0.4, "⚓": 0.5, "🧹": 0.7, "🗿": 1.3, "⛱": 1.5, "🛒": 0.7,
    "🕳": 0.22, "🔥": 0.55, "💍": 0.24, "🪙": 0.24, "⛄": 0.75, "🌕": 0.5, "🌙": 0.4, "☀": 0.45, "☁": 0.35, "⭐": 0.2, "🌈": 0.6, "⚡": 0.6, "🎈": 0.45,
    "lighthouse": 3.0, "tower": 2.6, "windmill": 2.3, "well": 0.85, "gate": 1.2, "fence": 0.6, "lamppost": 1.7, "barrel": 0.55, "chest": 0.5, "net": 0.7,
    "machine": 1.25, "stove": 0.95, "table": 0.52, "flask": 0.42, "bottle": 0.42, "jar": 0.36, "lantern": 0.36, "cupboard": 1.15, "galleon": 2.2, "fox": 0.5, "wolf": 0.62, "bear": 0.95, "lion": 0.75,
}  # fmt: skip
IN_SKY = frozenset("🎵🌙🌕☀⭐☁🌈⚡❄🐦🦅🕊🦇🦋🐝🎈🪁💨🌪🦜🪽")
ON_WATER = frozenset("⛵🚢🛶🚣🐋🐬🦈🐟🦆🦢🌊🐙🦀galleon")
ON_WALL = frozenset("🪞🖼🪟🕸")
ON_TABLE = frozenset(
    "🍰🥧🍪🧀🍞🍷🍺🫖☕🍲🍖🍗🍽🥣🥛🍯🍎🍊🍋🍇🍒🕯🔑🗝✉📜📖📚💍🪙💎🕰🔮🧪⚗🏺💐🃏🎲♟🥚🧈🪔🔔📰🗺🧭🔬🥄🍴⏱👑🍬flaskbottlejar"
) | {"flask", "bottle", "jar", "lantern"}
FOOD = frozenset("🍰🥧🍪🧀🍞🍎🍊🍋🍐🍇🍒🍓🫐🌰🥕🍬🥚🍖🍗🍄🥬🍷☕🍺🥛🍯🫖") | {"flask", "bottle", "jar"}
IN_HAND = frozenset("📖🔑🗝✉📜🕯🏮🗡🏹🧭🌂🎻🪶🔭🔍🍎🍞🍰🧀🍷☕🌹🌷💐🔔🪄🎣🧺🪣⏱🔨🪓🧹🎩🪭🧤🥄🔪🎁🪙💍💎👑🎺🪈📰🍪🍬🐟") | {
    "flask",
    "bottle",
    "lantern",
}
LIGHTS = frozenset("🕯🏮🔥☀🌕🌙💡🪔⭐⚡") | {"lighthouse", "lamppost", "stove", "lantern"}
LARGE = frozenset(k for k, v in SIZES.items() if v >= 1.05)
