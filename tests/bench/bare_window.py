"""The least that a window of three panes costs, with a model of Python's in each list and nothing in it."""

import sys

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QListView, QMainWindow, QSplitter, QTextBrowser, QTreeView


class Nothing(QAbstractListModel):
    def rowCount(self, parent=None):  # noqa: N802 - as Qt calls it
        return 0

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return None


app = QApplication(sys.argv[:1])
window = QMainWindow()
panes = QSplitter()
window.setCentralWidget(panes)
issues, stories, page = QListView(), QTreeView(), QTextBrowser()
issues.setModel(Nothing(window))
outline = QStandardItemModel(window)
outline.setHorizontalHeaderLabels(["Story"])
stories.setModel(outline)
page.setHtml("<h1>Hello</h1><p>A story</p>")
for pane in (issues, stories, page):
    panes.addWidget(pane)
window.resize(1200, 760)
window.show()
sys.exit(app.exec())
