"""What came of an import: how much came in, and each file that did not, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.services.importing import Problem, Report
from reader.ui.words import counted


class ImportReport(QDialog):
    """Lists every file that did not come in, and every one that came in with something odd about it."""

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setWindowTitle("Import")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        summary = QLabel(summary_of(report))
        summary.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setAccessibleName("Files and reasons")
        self.list.setHeaderLabels(["File", "What was the matter"])
        self.list.setRootIsDecorated(False)
        self._add("Did not come in", report.problems)
        self._add("Came in, with a remark", report.warnings)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.list.setColumnWidth(0, 260)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list.currentItemChanged.connect(self._tell)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setAutoDefault(False)
        copy.clicked.connect(self._copy)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for part in (summary, self.list, self.told, buttons):
            layout.addWidget(part)
        self.resize(720, 380)
        if (group := self.list.topLevelItem(0)) and (first := group.child(0)):
            self.list.setCurrentItem(first)

    def _add(self, title: str, problems: Sequence[Problem]) -> None:
        """Add a group of files; nothing where there are none."""
        group = QTreeWidgetItem([title])
        for problem in problems:
            item = QTreeWidgetItem(group, [problem.path, problem.reason])
            item.setToolTip(0, problem.path)
            item.setToolTip(1, problem.reason)
        if problems:
            self.list.addTopLevelItem(group)
            group.setFirstColumnSpanned(True)
            group.setExpanded(True)

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        """Tell in full what was the matter with one file: a line of the list may be too short for it."""
        self.told.setText(item.text(1) if item else "")

    def _copy(self) -> None:
        told = (*self._report.problems, *self._report.warnings)
        lines = [f"{problem.path}: {problem.reason}" for problem in told]
        QGuiApplication.clipboard().setText("\n".join(lines))


def summary_of(report: Report) -> str:
    """Return in one sentence what an import did."""
    parts = [
        f"{counted(number, one, many)} {words}"
        for number, one, many, words in (
            (report.added, "issue", "issues", "came in"),
            (report.updated, "issue", "issues", "brought up to date"),
            (len(report.problems), "file", "files", "left out"),
        )
        if number
    ]
    if not (report.added or report.updated):
        parts.insert(0, "Nothing is new" if report.unchanged else "No issues came in")
    told = ", ".join(parts)
    if report.cancelled:
        return f"Stopped: {told}. The rest comes in when the folder is looked at again (F5)."
    return f"{told}."
