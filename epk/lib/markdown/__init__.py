"""What people write: Markdown made into safe HTML when it is saved, into plain words, into quotes.

The HTML is stored beside its source together with `VERSION`. What depends on who is looking, titles
and names, stays out of it: `fill` puts them in at each look.
"""

from epk.lib.markdown.filling import fill
from epk.lib.markdown.rendering import LONGEST, VERSION, Rendered, render
from epk.lib.markdown.words import lines, plain, quote

__all__ = ["LONGEST", "VERSION", "Rendered", "fill", "lines", "plain", "quote", "render"]
