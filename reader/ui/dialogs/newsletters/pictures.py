"""The part of a newsletter's page on its pictures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from reader.model import NewsletterRow
from reader.model.picture import Policy
from reader.services.library import Library
from reader.services.picture_cache import policy_of, usage
from reader.ui.dialogs.newsletters.page import Part
from reader.ui.dialogs.pictures import POLICIES
from reader.ui.words import counted, size_in_words


class PicturesPart(Part):
    """When its pictures are loaded, and what those that are here take."""

    def __init__(
        self, library: Library, choose: Callable[[str, Policy], object], parent: QWidget | None = None
    ) -> None:
        """Whatever is chosen is told to `choose`, with the newsletter's key."""
        super().__init__(parent)
        self._library = library
        self._choose = choose
        self._key = ""
        self.policy = QComboBox()
        for policy, words in POLICIES.items():
            self.policy.addItem(words, policy)
        self.policy.activated.connect(lambda _index: self._on_policy())
        self.kept = QLabel()
        self.form = form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow("Load &them:", self.policy)
        form.addRow("Kept:", self.kept)

    def show_newsletter(self, row: NewsletterRow) -> None:
        self._key = row.key
        self.policy.setCurrentIndex(self.policy.findData(policy_of(self._library, row.key)))
        kept = next((one for one in usage(self._library).newsletters if one.newsletter == row.key), None)
        told = f"{counted(kept.pictures, 'picture')} · {size_in_words(kept.size)}" if kept else "None"
        self.kept.setText(told)

    def _on_policy(self) -> None:
        policy = self.policy.currentData()
        if policy != policy_of(self._library, self._key):
            self._choose(self._key, policy)
