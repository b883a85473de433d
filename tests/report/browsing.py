"""A headless Chromium with a view in it, and what a person sees of it."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--lang=en",
)  # fmt: skip


def program(name: str, *others: str) -> str | None:
    """A program: named by an environment variable (CHROMIUM, CHROMEDRIVER), or on the path."""
    return os.environ.get(name.upper()) or next((path for n in (name, *others) if (path := shutil.which(n))), None)


@contextmanager
def chromium(profile: Path) -> Iterator[Any]:
    """A headless Chromium that keeps a log of its console and of what it fetches."""
    webdriver = pytest.importorskip(
        "selenium.webdriver", reason="browser tests need selenium: pip install '.[browser]'"
    )
    from selenium.webdriver.chrome.service import Service

    browser, driver = program("chromium", "chromium-browser", "google-chrome"), program("chromedriver")
    if not browser or not driver:
        pytest.skip("browser tests need Chromium and its driver: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={profile}", "--window-size=1500,1000"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    window = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield window
    finally:
        window.quit()


class Window:
    """The browser's window with a view opened in it."""

    def __init__(self, driver: Any, path: Path, width: int = 1500, height: int = 1000, anchor: str = "") -> None:
        self.driver = driver
        driver.set_window_size(width, height)
        driver.get_log("browser"), driver.get_log("performance")
        driver.get("about:blank")
        driver.get(path.as_uri() + anchor)

    def run(self, script: str, *values: Any) -> Any:
        return self.driver.execute_script(script, *values)

    def all(self, selector: str) -> list[Any]:
        return self.driver.find_elements("css selector", selector)

    def one(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def texts(self, selector: str) -> list[str]:
        return [node.text for node in self.all(selector)]

    def lit(self, kind: str) -> str:
        """The text that is lit up, without line breaks."""
        pieces = self.run(
            "return [...document.querySelectorAll(arguments[0])].map(n => n.textContent)", f".piece.{kind}"
        )
        return "".join("".join(pieces).split())

    def press(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def hover(self, node: Any) -> None:
        from selenium.webdriver import ActionChains

        self.run("arguments[0].scrollIntoView({block: 'center'})", node)
        ActionChains(self.driver).move_to_element(node).perform()


def assert_calm(driver: Any) -> None:
    """No word on the console, and nothing fetched but the file itself."""
    assert driver.get_log("browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = {m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"}
    assert {url for url in urls if not url.startswith(("file:", "data:", "about:"))} == set()
    assert len({url.partition("#")[0] for url in urls if url.startswith("file:")}) <= 1


#: Finds text that stands out too little from its ground (WCAG AA: 4.5 to 1).
CONTRAST = """
const parse = (text) => { const c = text.match(/[\\d.]+/g).map(Number);
  const whole = text.startsWith('color(srgb') ? 255 : 1;
  return [c[0] * whole, c[1] * whole, c[2] * whole, c[3] ?? 1]; };
const mix = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
const ground = (node) => { const own = parse(getComputedStyle(node).backgroundColor);
  if (own[3] === 1) return own;
  return mix(own, node.parentElement ? ground(node.parentElement) : [255, 255, 255, 1]); };
const linear = (v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
const light = (c) => { const [r, g, b] = c.slice(0, 3).map((v) => linear(v / 255));
  return .2126 * r + .7152 * g + .0722 * b; };
const faint = new Set();
for (const node of document.querySelectorAll('body *')) {
  if (![...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !node.checkVisibility()) continue;
  if (node.closest('.unseen, script, noscript, :disabled')) continue;
  const under = ground(node), a = light(mix(parse(getComputedStyle(node).color), under)), b = light(under);
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < 4.5) faint.add(`${node.tagName} ${node.className} ${ratio.toFixed(2)}`);
}
return [...faint];
"""
