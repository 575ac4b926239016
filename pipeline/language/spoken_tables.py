"""What abbreviations, signs and titles are called when read aloud in English, and a few in other languages."""

from __future__ import annotations


def _pairs(text: str) -> dict[str, str]:
    """Lines of "written = said"."""
    rows = (row.split("=") for row in " ".join(text.split()).split(";") if "=" in row)
    return {written.strip(): said.strip() for written, said in rows}


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _pairs(
    """Mr = Mister; Mrs = Missus; Ms = Miz; Mme = Madame; Mlle = Mademoiselle; Messrs = Messers; Dr = Doctor; Prof
    = Professor; Rev = Reverend; Revd = Reverend; Hon = Honourable; Capt = Captain; Col = Colonel; Lieut =
    Lieutenant; Lt = Lieutenant; Sgt = Sergeant; Serjt = Sergeant; Gen = General; Maj = Major; Cpl = Corporal;
    Cmdr = Commander; Adm = Admiral; Gov = Governor; Sen = Senator; Rep = Representative; Pres = President; Supt
    = Superintendent; Insp = Inspector; Mt = Mount; Ft = Fort; Fr = Father; Sr = Senior; Jr = Junior; Bp =
    Bishop; Abp = Archbishop"""
)  # before a name, with or without their point
WITHOUT_POINT = _set("Mr Mrs Ms Mme Mlle Messrs Dr Revd Lieut Serjt Capt Sgt")

ANYWHERE = _pairs(
    """etc = et cetera; e.g = for example; eg = for example; i.e = that is; viz = namely; vs = versus; cf =
    compare; approx = approximately; dept = department; govt = government; assoc = association; Esq = Esquire;
    Bros = Brothers; Co = Company; Ltd = Limited; Inc = Incorporated; Corp = Corporation; Ave = Avenue; Blvd =
    Boulevard; Rd = Road; Jan = January; Feb = February; Aug = August; Sept = September; Oct = October; Nov =
    November; Dec = December; Ph.D = P H D; incl = including; encl = enclosed; esp = especially; ibid = ibidem;
    Jr = Junior; Sr = Senior; misc = miscellaneous; max = maximum; tel = telephone; temp = temperature; pub =
    published; trans = translated"""
)  # only with their point
BEFORE_NUMBER = _pairs(
    """No = number; no = number; Nos = numbers; nos = numbers; vol = volume; Vol = Volume; ch = chapter; Ch =
    Chapter; chap = chapter; Chap = Chapter; p = page; pp = pages; fig = figure; Fig = Figure; sec = section;
    Sec = Section; c = circa; ca = circa; art = article; Art = Article; ed = edition; l = line; ll = lines; v =
    verse; Vols = Volumes; vols = volumes"""
)  # with a point, and a number after it
AFTER_NUMBER = _pairs(
    """km = kilometre; cm = centimetre; mm = millimetre; m = metre; kg = kilogram; g = gram; mg = milligram; l =
    litre; ml = millilitre; lb = pound; lbs = pound; oz = ounce; ft = foot; in = inch; yd = yard; yds = yard; mi
    = mile; hr = hour; hrs = hour; h = hour; min = minute; mins = minute; sec = second; secs = second; mph =
    mile per hour; kg/h = kilogram per hour; km/h = kilometre per hour; cwt = hundredweight; gal = gallon; pt =
    pint; qt = quart; s = shilling; d = penny; kw = kilowatt; Hz = hertz; kHz = kilohertz"""
)
PLURALS = {
    "foot": "feet",
    "inch": "inches",
    "penny": "pence",
    "hertz": "hertz",
    "kilohertz": "kilohertz",
    "hundredweight": "hundredweight",
}
SIGNS = {
    "&": "and",
    "&c": "et cetera",
    "+": "plus",
    "=": "equals",
    "@": "at",
    "%": "per cent",
    "×": "times",
    "÷": "divided by",
    "§": "section",
    "№": "number",
    "°": "degrees",
    "<": "less than",
    ">": "greater than",
    "±": "plus or minus",
}
FRACTIONS = {
    "½": "a half",
    "⅓": "a third",
    "⅔": "two thirds",
    "¼": "a quarter",
    "¾": "three quarters",
    "⅕": "a fifth",
    "⅛": "an eighth",
    "⅜": "three eighths",
    "⅝": "five eighths",
    "⅞": "seven eighths",
}
MONEY = {
    "£": ("pound", "pounds", "penny", "pence"),
    "$": ("dollar", "dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"),
    "¥": ("yen", "yen", "sen", "sen"),
    "₹": ("rupee", "rupees", "paisa", "paise"),
}
MAGNITUDES = _set("hundred thousand million billion trillion")
MONTHS = _set(
    """January February March April May June July August September October November December Jan Feb Mar Apr Jun
    Jul Aug Sep Sept Oct Nov Dec"""
)
BEFORE_YEAR = _set(
    """in since by from until till before after during circa around about year of early late mid spring summer
    autumn fall winter to and"""
)
SECTIONS = _set(
    """chapter book part volume act scene canto section article stave appendix lesson number figure table page
    plate letter fit episode phase type mark war level class lecture stanza sonnet psalm verse title vol no chap
    ch sec fig"""
)  # a Roman numeral after these is counted: "Chapter four"
RULERS = _set(
    """Henry Louis Charles George Edward William Elizabeth James Richard Pius John Paul Benedict Leo Gregory
    Clement Innocent Alexander Napoleon Frederick Wilhelm Catherine Peter Ivan Nicholas Philip Ferdinand Francis
    Otto Haakon Christian Gustav Mary Stephen Edmund Malcolm David Robert Alfonso Carlos Umberto Victor Emmanuel
    Ramses Rameses Ptolemy Darius Xerxes Cleopatra Constantine Justinian Theodosius Alexius Urban Boniface
    Sixtus Julius Adrian Celestine Eugene Urban Joseph Leopold Maximilian Rudolf Sigismund Casimir Mehmed Murad
    Selim Suleiman Harald Olaf Magnus Eric Frederik Margrethe Baldwin Amenhotep Thutmose"""
)
RULING = _set("King Queen Pope Emperor Empress Tsar Czar Prince Kaiser Sultan Pharaoh Saint")
ACRONYMS = _set(
    """NASA NATO UNESCO UNICEF AIDS OPEC NAFTA SWAT SCUBA LASER RADAR SONAR FIFA UEFA ASAP RAF RAM ROM USA UK EU UN
    US TV ID OK PC AD BC BBC CNN FBI CIA KGB MIT IBM CEO CIO GP MP PM AM FM DJ DNA RNA HIV CD DVD USB URL HTML
    PDF RSVP SOS UFO VIP WWI WWII YMCA YWCA GPS ATM HR IQ EQ RPM MPH MS PS NB QC KC DC LA NY NYC NHS IRA ISBN AI
    API CPU GPU SQL"""
)  # said by letters or as names, never shouted words
SMALL_WORDS = _set(
    """am an as at be by do go he if in is it me my no of oh on or so to up us we ye ah ha hi ho lo all and any are
    but can did far few for get got had has her him his how its let man may men new nor not now off old one our
    out own put run sad saw say sea see she sir sit six sky son sun ten the too top try two use war was way who
    why win won yes yet you bad big boy boys cat cry cut day dog eat end eye eyes fly fun god hat hit hot ice
    ill kid lie lit lot mad map mud nay net odd oil pay pig pin pit pot ray red rid row set sin sob sum tea tie
    tip toy van via wet wit woe"""
)
APOSTROPHE_FIRST = _set(
    """tis twas em twere twill twould til till cause bout round neath cept pon gainst tisn twasn sblood"""
)
OTHER_LANGUAGES = {
    "fr": _pairs(
        """M. = Monsieur; MM. = Messieurs; Mme = Madame; Mmes = Mesdames; Mlle = Mademoiselle; Dr = Docteur; St =
        Saint; Ste = Sainte; etc. = et cetera; p. = page; av. = avant; J.-C. = Jésus-Christ; & = et; % = pour
        cent; n° = numéro"""
    ),
    "es": _pairs(
        """Sr. = Señor; Sra. = Señora; Srta. = Señorita; Dr. = Doctor; Dra. = Doctora; D. = Don; Dª = Doña; Vd. =
        Usted; Ud. = Usted; etc. = etcétera; % = por ciento"""
    ),
    "it": _pairs(
        """Sig. = Signor; Sig.ra = Signora; Dott. = Dottor; Prof. = Professor; S. = San; ecc. = eccetera; & = e; %
        = per cento"""
    ),
    "pt": _pairs("""Sr. = Senhor; Sra. = Senhora; Dr. = Doutor; D. = Dom; etc. = et cétera; & = e; % = por cento"""),
    "de": _pairs(
        """Hr. = Herr; Hrn. = Herrn; Fr. = Frau; Frl. = Fräulein; Dr. = Doktor; Prof. = Professor; St. = Sankt;
        z.B. = zum Beispiel; d.h. = das heißt; u.s.w. = und so weiter; usw. = und so weiter; bzw. =
        beziehungsweise; ca. = circa; Nr. = Nummer; & = und; % = Prozent"""
    ),
}
