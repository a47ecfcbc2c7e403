"""The HTML of code and tables, which scroll inside a place of their own that the keyboard reaches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

# A group, no region: a page has many, and landmarks of one name are none.
SCROLLS: Final = 'tabindex="0" role="group" aria-label='


class Writer(RendererHTML):
    """The library's HTML, but for what is wider than a phone."""

    def code_block(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,  # noqa: ARG002
        env: EnvType,  # noqa: ARG002
    ) -> str:
        token = tokens[idx]
        opening = f'<pre{self.renderAttrs(token)} {SCROLLS}"Kode">'
        return f"{opening}<code>{escapeHtml(token.content)}</code></pre>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.code_block(tokens, idx, options, env)

    def table_open(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,
        env: EnvType,
    ) -> str:
        place = f'<div class="table-scroll" {SCROLLS}"Tabel">'
        return f"{place}\n{self.renderToken(tokens, idx, options, env)}"

    def table_close(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,
        env: EnvType,
    ) -> str:
        return f"{self.renderToken(tokens, idx, options, env)}</div>\n"
