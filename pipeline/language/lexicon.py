"""Closed lists of English words (and the speech verbs of some neighbours) that the text rules lean on."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Abbreviations after whose full stop a sentence goes on.
ABBREVIATIONS = word_set(
    "mr mrs ms mx dr prof st ste mt ft messrs mme mlle esq jr sr hon rev revd capt col gen lt maj sgt cmdr gov pres "
    "sen rep  "
    "ave blvd rd etc vs viz cf al approx dept est ed eds trans ca e.g i.e jan feb apr jun jul aug sep sept oct nov dec "
    "m.d ph.d b.c a.d bzw usw z.b d.h sra srta sr ud"
)

SPEECH_VERBS = word_set(
    "said says say saying asked asks ask asking replied replies reply answered answers cried cries cry exclaimed "
    "exclaims shouted shouts  "
    "whispered whispers muttered mutters murmured murmurs called calls remarked remarks continued continues "
    "added adds thought thinks began begins begun beginning proceeded proceeds whimpered bawled jeered mused "
    "hesitated confided assured agreed apologised apologized corrected returned repeated repeats inquired enquired "
    "interrupted observed  "
    "screamed shrieked growled grunted sighed sobbed laughed gasped roared snapped hissed demanded declared announced "
    "suggested explained insisted protested pleaded begged urged warned told tells ordered commanded retorted rejoined "
    "responded stammered faltered pursued resumed ventured yelled bellowed wailed moaned groaned croaked squeaked "
    "panted persisted concluded objected admitted agreed argued boasted complained confessed chuckled drawled "
    "ejaculated  "
    "went quoth sang sings chanted chorused piped wondered mumbled barked read reads greeted hollered quavered "
    "grumbled purred crooned breathed put broke"
)
# What may follow a quotation before its speaker in other languages, and what may stand there in English.
SPEECH_VERBS_ELSEWHERE = word_set(
    "dit demanda répondit cria s'écria murmura fit reprit ajouta répliqua disait soupira déclara chuchota hurla "
    "sagte fragte rief antwortete schrie flüsterte erwiderte meinte murmelte versetzte sprach entgegnete "
    "dijo preguntó respondió gritó exclamó contestó murmuró añadió susurró replicó "
    "disse chiese rispose gridò esclamò mormorò domandò sussurrò aggiunse perguntou respondeu gritou murmurou "
    "сказал сказала спросил спросила ответил ответила крикнул крикнула прошептал прошептала воскликнул воскликнула"
)
THOUGHT_VERBS = word_set("thought thinks wondered")

FEMALE_TITLES = word_set(
    "mrs miss ms lady madam madame mme mlle queen princess duchess countess baroness empress aunt sister dame"
)
MALE_TITLES = word_set("mr sir lord king prince duke count baron emperor uncle brother master father captain")
OTHER_TITLES = word_set(
    "dr doctor professor prof colonel general major lieutenant sergeant inspector judge rev reverend saint st"
)
TITLES = FEMALE_TITLES | MALE_TITLES | OTHER_TITLES
# Titles that may stand before a name without being part of it; "King" or "Duchess" may be the name itself.
LIGHT_TITLES = word_set(
    "mr mrs miss ms mx sir dr doctor prof professor madam madame mme mlle poor little old dear young"
)

FEMALE_NOUNS = FEMALE_TITLES | word_set(
    "woman girl mother daughter grandmother grandma granny wife widow niece nurse maid bride witch heroine hostess "
    "waitress governess mistress goddess lass mermaid nun housekeeper lady-in-waiting women girls hen cow mare ewe"
)
MALE_NOUNS = MALE_TITLES | word_set(
    "man boy son grandfather grandpa husband widower nephew knight wizard hero host waiter gentleman fellow lad monk "
    "priest footman butler knave god bishop fisherman hunter king's men boys policeman postman rooster cock ram bull "
    "stag"
)
CHILD_NOUNS = word_set(
    "child girl boy baby infant kid toddler lad lass schoolboy schoolgirl daughter son orphan prince princess kitten "
    "puppy"
)
OLD_NOUNS = word_set("grandmother grandfather granny grandma grandpa elder crone")
PERSON_NOUNS = (
    FEMALE_NOUNS
    | MALE_NOUNS
    | CHILD_NOUNS
    | OLD_NOUNS
    | word_set(
        "person people cook gardener soldier sailor farmer baker miller teacher student scholar poet painter artist "
        "thief robber  "
        "pirate servant stranger traveller traveler driver guard keeper merchant beggar hatter tailor shepherd smith "
        "blacksmith cobbler carpenter mason clerk editor journalist psychologist doctor mayor minister lawyer judge "
        "executioner neighbour neighbor friend cousin parent visitor guest dwarf giant elf fairy goblin troll ghost "
        "angel devil clown juggler musician singer dancer detective officer conductor porter coachman engineer "
        "inventor  "
        "scientist philosopher writer author speaker voice passenger crowd lighthouse-keeper"
    )
) - word_set("king's men people women girls boys crowd voice")
ANIMALS = word_set(
    "rabbit hare cat kitten dog puppy mouse rat dormouse bird duck dodo eagle eaglet lory parrot owl crow raven "
    "robin sparrow  "
    "pigeon dove swan goose geese hen cock rooster chicken turkey flamingo hedgehog fox wolf bear lion tiger leopard "
    "elephant  "
    "monkey ape donkey ass mule horse pony mare colt cow calf bull ox sheep lamb ram goat pig boar hog deer stag "
    "fawn squirrel  "
    "badger mole otter beaver bat frog toad lizard snake serpent crocodile tortoise turtle fish trout salmon whale "
    "dolphin  "
    "shark crab lobster oyster octopus snail slug worm caterpillar butterfly moth bee wasp ant spider fly beetle "
    "cricket  "
    "grasshopper camel giraffe zebra hippopotamus rhinoceros kangaroo penguin seal walrus gryphon griffin dragon "
    "unicorn  "
    "phoenix peacock gull seagull heron stork crane magpie jackdaw nightingale lark cuckoo weasel ferret hamster "
    "guinea-pig panther jackal hyena gander gnat swallow hawk chick albatross ostrich thrush woodpecker kingfisher squid "
    "ladybird mosquito dragonfly newt adder viper alligator foal ewe piglet sow hound terrier spaniel poodle bulldog "
    "tomcat vole lioness jaguar cheetah rhino hippo llama doe reindeer moose elk bison buffalo gorilla chimpanzee koala "
    "stoat mongoose porcupine raccoon skunk sloth duckling drake vixen"
)
THING_PERSONS = word_set(
    "door clock kettle teapot lamp candle star moon sun tree flower rose stone toy doll puppet robot train engine "
    "car boat card fog mist cloud wind river"
)

CHILD_WORDS = word_set("little young small tiny seven eight nine ten eleven twelve")
OLD_WORDS = word_set("old aged elderly ancient white-haired grey-haired gray-haired grizzled wrinkled")

DAYS_AND_SUCH = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september  "
    "october november december christmas easter god lord heaven english french latin greek german italian spanish "
    "american  "
    "british european i o oh ah chapter mr mrs miss sir madam earth"
)
PRONOUNS = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
    "it": "it", "its": "it", "itself": "it",
    "they": "they", "them": "they", "their": "they", "themselves": "they",
}  # fmt: skip
FIRST_PERSON = word_set("i me my myself mine")

# Capitalised by their place in a sentence; never a name.
NO_NAMES = word_set(
    "i he she it they we you him her them us me his hers its their our your my mine this that these those who what "
    "which whose  "
    "why how when where there here then so but and or nor for yet if as at by in on of to up down out off over under "
    "after before  "
    "well oh ah yes no not now never all some any every each both many much more most other another such same one "
    "two three four  "
    "five six seven eight nine ten first second last next once twice again also too very quite just only even still "
    "perhaps  "
    "presently suddenly soon still however therefore please come let look see do did does don't is was are were will "
    "would can  "
    "could may might shall should must have has had be being been go get give take tell poor dear said alas hush "
    "hurrah  "
    "thank good bye with without from into upon about while until because though although than like nothing everything "
    "something somebody nobody everybody anybody indeed certainly really always often"
)

# Words that open a sentence which leans on the one before it.
CONNECTIVES = word_set(
    "but and so then however therefore thus hence nevertheless still yet besides moreover meanwhile otherwise "
    "instead for  "
    "nor or also too consequently accordingly afterwards indeed again next finally presently"
)
HEAVY_CONNECTIVES = word_set(
    "but and so for nor or yet therefore thus hence nevertheless however otherwise also besides moreover consequently"
)
LEANING = word_set("he she it they him her them his their its this that these those such there here")

HAIR_AND_DRESS = word_set(
    "hair eyes beard moustache mustache whiskers nose ears tail wings curls braids plaits wig bonnet hat cap crown "
    "hood dress  "
    "gown coat cloak cape jacket waistcoat vest apron shirt trousers breeches shoes boots gloves scarf shawl "
    "spectacles  "
    "glasses monocle cane crutch stick sword armour armor robe uniform necktie tie ribbon necklace fur"
)
COLOURS = word_set(
    "red blue green yellow black white brown grey gray golden gold silver pink purple orange scarlet crimson auburn "
    "ginger  "
    "blond blonde fair dark bright pale sandy rosy violet ivory"
)
LOOK_WORDS = COLOURS | word_set(
    "long short curly straight thick bushy bald big large huge great little small tiny tall round pointed sharp "
    "old woollen silk velvet leather wooden straw fur striped spotted patched ragged torn shabby grey-blue top bare"
)
BALD = word_set(
    "bald bearded red-haired fair-haired dark-haired golden-haired white-haired grey-haired gray-haired one-eyed "
    "freckled"
)
