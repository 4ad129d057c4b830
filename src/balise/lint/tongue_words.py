"""Frequent words of five languages, by which a text is known to be in one of them: function words, hardly any nouns."""

from __future__ import annotations

FRENCH = """
le la les un une des du de au aux et ou mais donc ni que qui quoi dont où ce cet cette ces mon ma mes ton ta tes son
sa ses notre nos votre vos leur leurs je tu il elle on nous vous ils elles me te se lui eux moi toi soi y en ne pas
plus jamais rien personne aucun aucune chaque quelque quelques quelqu'un tout toute tous toutes autre autres même
mêmes tel telle est sont était étaient être été suis es sommes êtes sera seront soit a ont avait avoir ai as avons
avez eu aura auront fait faire faites fais font peut peux pouvez peuvent pouvoir doit dois devez doivent faut va vais
vont allez aller dit dire dites dis veut veulent voulez sait savoir savez à dans par pour sur sous avec sans chez vers
entre avant après depuis pendant contre selon malgré jusqu jusque parce car si quand comme comment pourquoi combien
lorsque puis alors aussi ainsi encore déjà toujours souvent parfois très trop peu beaucoup bien mal ici là cela ça
ceci celui celle ceux celles voici voilà non oui c'est n'est qu'il qu'elle qu'un qu'une qu'on d'un d'une l'on s'il n'a
n'ont j'ai d'autres d'abord plutôt surtout seulement lequel laquelle lesquels
"""
DUTCH = """
de het een en of maar want dus dat die dit deze wie wat waar wanneer hoe waarom welke welk ik jij je u hij zij ze wij
we jullie hen hun haar hem mij me ons onze jouw uw zijn mijn zich niet geen nooit niets niemand iets iemand elk elke
ieder iedere alle alles andere ander anders zelf zulke is ben bent was waren wordt worden werd werden geworden geweest
heeft hebt heb hebben had hadden kan kunt kunnen kon konden moet moeten moest mag mogen wil wilt willen zal zult
zullen zou zouden gaat gaan ga doet doen doe gedaan zegt zeggen komt komen laat laten weet weten te van voor met op in
aan bij uit naar over door tot om onder tussen zonder tegen sinds tijdens volgens binnen buiten achter naast er daar
hier daarna daarom dan toen nu nog al ook wel weer steeds altijd vaak soms heel erg zeer veel weinig meer meest minder
als omdat zodat terwijl hoewel tenzij voordat nadat ja nee eerst misschien toch alleen samen men 's 't zo'n waarin
waarmee waarvoor ervan erover eraan erop hieronder blijft blijven krijgt krijgen staat staan vindt vinden geeft geven
"""
ENGLISH = """
the a an and or but so nor that which who whom whose what where when how why this these those my your his her its our
their i you he she it we they me him us them myself yourself himself herself themselves not no never nothing nobody
none something someone anyone anything each every all any other another such same is are was were be been being am has
have had do does did done can could may might must shall should will would cannot can't don't doesn't didn't isn't
aren't won't it's that's you're they're of for with on in at by from to into onto over under between without against
since during before after about through until upon within behind beside there here then now yet still also too even
again always often sometimes very much many more most less few little as if because while although unless than though
whether yes first only just both either neither what's who's there's let's i'm you've we've they've goes make makes
said says gives takes
"""
GERMAN = """
der die das den dem des ein eine einen einem einer eines und oder aber denn dass daß wer was wo wann wie warum welche
welcher welches ich du er sie es wir ihr mich dich sich uns euch ihm ihn ihnen mein dein sein unser euer nicht kein
keine keinen nie nichts niemand etwas jemand jede jeder jedes alle alles andere anderen ist sind war waren sein
gewesen wird werden wurde wurden hat haben hatte hatten kann können konnte muss müssen darf dürfen will wollen soll
sollen sollte würde für mit auf in an bei aus nach über durch bis um unter zwischen ohne gegen seit während vor hinter
neben von zu zum zur im am vom beim da hier dann jetzt noch schon auch wieder immer oft manchmal sehr viel wenig mehr
als weil wenn damit obwohl ja nein nur man diese dieser dieses diesen ihre ihren ihrem seine seinen
"""
SPANISH = """
el la los las un una unos unas de del al y o pero ni que quien qué quién cuál donde dónde cuando cuándo como cómo por
porque para este esta estos estas ese esa esos esas aquel mi mis tu tus su sus nuestro nuestra nuestros yo tú él ella
usted nosotros ellos ellas ustedes me te se nos lo le les no nunca nada nadie algo alguien cada todo toda todos todas
otro otra otros otras mismo misma es son era eran ser sido está están estar fue fueron ha han había haber hay tiene
tienen tener puede pueden poder debe deben hace hacer va van dice decir quiere con sin en sobre bajo entre hasta desde
hacia contra según durante antes después más menos muy mucho poco también siempre ya aún si sí aquí allí entonces
"""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())
