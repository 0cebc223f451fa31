"""What came of an import: how much came in, and each file that did not, with the reason."""

from __future__ import annotations

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

from reader.services.importing import Report


class ImportReport(QDialog):
    """Lists every file that did not come in as it should."""

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
        self.list.setWordWrap(True)
        for problem in report.problems:
            item = QTreeWidgetItem([str(problem.path), problem.reason])
            item.setToolTip(0, str(problem.path))
            item.setToolTip(1, problem.reason)
            self.list.addTopLevelItem(item)
        self.list.setTextElideMode(Qt.TextElideMode.ElideLeft)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.list.setColumnWidth(0, 320)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for part in (summary, self.list, buttons):
            layout.addWidget(part)
        self.resize(720, 380)

    def _copy(self) -> None:
        lines = [f"{problem.path}: {problem.reason}" for problem in self._report.problems]
        QGuiApplication.clipboard().setText("\n".join(lines))


def summary_of(report: Report) -> str:
    """Return in one sentence what an import did."""
    parts = [
        f"{number:,} {word}"
        for number, word in (
            (report.added, "new"),
            (report.updated, "changed"),
            (report.unchanged, "as before"),
        )
        if number
    ]
    issues = ", ".join(parts) or "nothing new"
    stopped = "Stopped. " if report.cancelled else ""
    count = len(report.problems)
    trouble = f"; {count:,} {'file' if count == 1 else 'files'} with a problem" if count else ""
    return f"{stopped}Issues: {issues}{trouble}."
