"""The phone's modules in a real window, called from Python."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

PASSPHRASE = "mật khẩu đi xã"
VISIT = "0190bbbb-0000-7000-8000-000000000001"
NAMES = "bundle canonical db fold ids log pack packs pad photos prepare purge qr send sync upload vault weigh wire witness worker".split()

CALL = """async ([addresses, given]) => {
  const modules = await Promise.all(Object.values(addresses).map((address) => import(address)))
  const [%s] = modules
  const act = async () => { %s }
  try { return { value: await act() } } catch (error) { return { name: error.name, message: error.message } }
}"""
"""Written out for each call: the security policy of the page forbids to make code from text there."""


class Refused(Exception):
    """What a module threw: its name and its sentence."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name


class Phone:
    """`phone.do("return log.waiting()")`: the body of an async function that sees each module by its name, and `given`."""

    def __init__(self, page: Page, addresses: dict[str, str] | None = None) -> None:
        self.page = page
        self.addresses = addresses or {name: f"/static/field/{name}.js" for name in NAMES}

    def do(self, body: str, given: Any = None) -> Any:
        answer = self.page.evaluate(CALL % (", ".join(self.addresses), body), [self.addresses, given])
        if "name" in answer:
            raise Refused(answer["name"], answer["message"])
        return answer.get("value")

    def begin(self, person: str) -> None:
        """Open the store of the person, with a key that the office holds, too."""
        self.do(
            "await db.open(given[0]); await vault.create(given[1]); await sync.enrol('Máy thử')", [person, PASSPHRASE]
        )

    def unlock(self, person: str, passphrase: str = PASSPHRASE) -> bool:
        """After the page was loaded anew."""
        return bool(self.do("await db.open(given[0]); return vault.unlock(given[1])", [person, passphrase]))

    def say(self, field: str, value: Any, *, visit: str = VISIT, **options: Any) -> dict[str, Any]:
        given = [visit, field, value, options]
        return dict(self.do("return log.say(...given)", given))

    def sync(self) -> str:
        return str(self.do("return (await sync.sync({ now: true })).state"))

    def waiting(self) -> dict[str, Any]:
        return dict(self.do("return log.waiting()"))

    def photo(self, *, visit: str = VISIT, width: int = 900, height: int = 700) -> dict[str, Any]:
        """A picture of noise, drawn here, kept."""
        body = """
        const canvas = new OffscreenCanvas(given.width, given.height)
        const paper = canvas.getContext("2d")
        const image = paper.createImageData(given.width, given.height)
        for (let at = 0; at < image.data.length; at += 4) {
          image.data.set([Math.random() * 256, Math.random() * 256, Math.random() * 256, 255], at)
        }
        paper.putImageData(image, 0, 0)
        return photos.keep(given.visit, await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 }), { caption: "Ảnh" })
        """
        return dict(self.do(body, {"visit": visit, "width": width, "height": height}))
