"""The preview of a site: the server of MkDocs, with a banner while the last build fails."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from html import escape
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

BANNER = (
    '<div role="alert" id="gazette-fault" style="position:fixed;inset:auto 0 0 0;z-index:99;'
    "max-height:40vh;overflow:auto;padding:.8rem 1.2rem;background:#7d0f0b;color:#fff;"
    'font:1rem/1.7 sans-serif;white-space:pre-wrap">'
    "<strong>上一次生成没有成功，这里还是以前的网站。改正以后，这一条自动消失。</strong>\n{fault}</div>"
)
NO_SITE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>还没有网站</title></head>'
    '<body><main style="max-width:36rem;margin:4rem auto;font:1rem/1.8 sans-serif">'
    "<h1>还没有网站</h1><p>第一次生成没有成功，下面写着哪里要改。改正以后，网站自动打开。</p>"
    "</main></body></html>"
)


class Preview(LiveReloadServer):
    """Serves a site, and says in its pages what keeps it from being built again."""

    def __init__(
        self, site: Path, address: tuple[str, int], rebuild: Callable[[], str], fault: str
    ) -> None:
        host, port = address
        super().__init__(self._build, host, port, str(site), "/")
        self.site = site
        self.rebuild = rebuild
        self.fault = fault  # of the last build; "" when it succeeded
        self.error_handler = self._error_page

    def _build(self) -> None:
        self.fault = self.rebuild()

    def _error_page(self, code: int) -> bytes | None:
        """Give the site's own page for a missing address.

        Upstream: mkdocs/livereload, serve_request, prints "404 Not Found" without a handler.
        """
        if code != 404:
            return None
        page = self.site / "404.html"
        content = page.read_bytes() if page.is_file() else NO_SITE.encode()
        return self._inject_js_into_html(content, self._visible_epoch)

    def _inject_js_into_html(self, content: bytes, epoch: float) -> bytes:
        """Add the banner, and let the script of the server run.

        Upstream: mkdocs/livereload, _inject_js_into_html, adds an inline script, which the policy
        of our pages forbids; the preview names its digest in the policy.
        """
        inject = super()._inject_js_into_html
        whole: bytes = inject(content, epoch)  # type: ignore[no-untyped-call]
        start = whole.rindex(b"<script>") + len(b"<script>")
        script = whole[start : whole.index(b"</script>", start)]
        digest = base64.b64encode(hashlib.sha256(script).digest())
        whole = whole.replace(b"script-src ", b"script-src 'sha256-%b' " % digest, 1)
        whole = whole.replace(b"default-src 'none'", b"default-src 'none'; connect-src 'self'", 1)
        if not self.fault:
            return whole
        end = whole.rindex(b"</body>")
        banner = BANNER.format(fault=escape(self.fault)).encode()
        return whole[:end] + banner + whole[end:]
