"""The whole app on a small phone, against the stand-in."""

from __future__ import annotations

from playwright.sync_api import FileChooser

from tests.browser.pocket import PASSPHRASE, Pocket
from tests.field.client.window import Phone


class Standing(Pocket):
    """A phone whose office is the stand-in: whoever it says is signed in, is."""

    def enter(self) -> None:
        self.arrives("Đăng nhập")
        self.type("Tên đăng nhập", "x")
        self.type("Mật khẩu", "x")
        self.tap("Đăng nhập")
        self.arrives("Đặt mật khẩu cho máy này")
        self.type("Mật khẩu của máy này", PASSPHRASE)
        self.type("Gõ lại", PASSPHRASE)
        self.tap("Đặt mật khẩu")
        self.arrives("Lượt kiểm tra của tôi")

    @property
    def modules(self) -> Phone:
        return Phone(self.page)

    def camera(self, name: str) -> FileChooser:
        """The phone's own camera, or its gallery, opens; the page waits behind it."""
        with self.page.expect_file_chooser() as out:
            self.page.locator("label.camera, .camera label", has_text=name).first.tap()
        return out.value

    def forward(self, span: str) -> None:
        self.page.clock.fast_forward(span)
