"""Asks for a folder of issues, or for single files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_FILES = (
    "Issues (*.md *.markdown *.mdown *.rst *.org *.txt *.html *.htm *.mhtml *.mht *.eml *.emlx *.mbox"
    " *.xml *.json *.csv *.zip *.opml);;All files (*)"
)


class OpenFolder(QFileDialog):
    """Asks for one folder."""

    def __init__(self, start: Path, parent: QWidget) -> None:
        super().__init__(parent, "Open a folder of issues", str(start))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFileMode(QFileDialog.FileMode.Directory)
        self.setOption(QFileDialog.Option.ShowDirsOnly)


class OpenFiles(QFileDialog):
    """Asks for one file or several."""

    def __init__(self, start: Path, parent: QWidget) -> None:
        super().__init__(parent, "Open issues", str(start))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self.setNameFilters(_FILES.split(";;"))


class OpenList(QFileDialog):
    """Asks for a list of newsletters to follow."""

    def __init__(self, start: Path, parent: QWidget) -> None:
        super().__init__(parent, "Follow a list of newsletters", str(start))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.setNameFilters(["Lists (*.opml *.xml)", "All files (*)"])


class SaveList(QFileDialog):
    """Asks for the file into which a list of newsletters is written."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Export newsletters", str(Path.home()))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setNameFilters(["Lists of newsletters (*.opml)", "All files (*)"])
        self.setDefaultSuffix("opml")
        self.selectFile("newsletters.opml")
