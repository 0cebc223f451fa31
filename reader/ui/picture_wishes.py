"""What the reader wants of pictures: those of the page now, those of its newsletter always or never."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu

from reader.model.addresses import is_web
from reader.model.picture import Policy
from reader.ui.deeds import UNDO
from reader.ui.frame import Frame
from reader.ui.presenters import Presenters
from reader.ui.words import counted

_CHOICES = {
    Policy.ALWAYS: "Always Load Pictures of This Newsletter",
    Policy.NEVER: "Never Load Pictures of This Newsletter",
}
_DONE = {
    Policy.ALWAYS: "Pictures of {} are loaded by themselves from now on",
    Policy.ASK: "Pictures of {} are loaded when you ask for them",
    Policy.NEVER: "Pictures of {} are never loaded",
}


class PictureWishes:
    """Does what the actions about pictures say."""

    def __init__(self, frame: Frame, presenters: Presenters) -> None:
        self._frame = frame
        self._p = presenters

    @property
    def newsletter(self) -> str:
        """The key of the newsletter whose text is on the page; "" where there is none."""
        return self._frame.story.view.sheet.newsletter

    def load(self) -> None:
        """Fetch all pictures of the page."""
        sheet, pictures = self._frame.story.view.sheet, self._p.pictures
        count = pictures.load(sheet.pictures, sheet.newsletter)
        if count:
            self._frame.status.say(f"Loading {counted(count, 'picture')}")
        elif self.newsletter and pictures.policy(self.newsletter) is Policy.NEVER:
            self._frame.status.say(_DONE[Policy.NEVER].format(self._name()))
        else:
            self._frame.status.say("No picture on this page is left to load")

    def toggle(self, policy: str) -> None:
        """Load the pictures of the newsletter always, or never; where that is so, when they are asked for."""
        newsletter = self.newsletter
        if newsletter:
            from reader.services.picture_cache import policy_of

            self._p.marks.writes.settle()
            chosen = Policy.ASK if policy_of(self._p.library, newsletter) == policy else Policy(policy)
            self.set(newsletter, chosen)
            self._frame.toast.say(_DONE[chosen].format(self._name()), UNDO, self._p.undo_stack.undo)

    def set(self, newsletter: str, policy: Policy) -> None:
        """Let the pictures of a newsletter be fetched then and not else."""
        from reader.ui.picture_commands import SetPicturePolicy

        self._p.pictures.policy(newsletter)  # or nobody would see that it has changed
        self._p.undo_stack.push(SetPicturePolicy(self._p.marks.writes, newsletter, policy))

    def fill(self, menu: QMenu) -> None:
        """Put into the context menu of the page what may be done about its pictures, where it has any."""
        if not self.newsletter or not any(map(is_web, self._frame.story.view.sheet.pictures)):
            return
        policy = self._p.pictures.policy(self.newsletter)
        if policy is not Policy.NEVER:
            menu.addAction("Load All Pictures Here", self.load)
        for choice, words in _CHOICES.items():
            action = menu.addAction(words, partial(self.toggle, choice))
            action.setCheckable(True)
            action.setChecked(policy is choice)
        menu.addSeparator()

    def _name(self) -> str:
        rows = self._p.library.newsletters()
        return next((row.name for row in rows if row.key == self.newsletter), "this newsletter")
