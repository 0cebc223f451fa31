"""The least that a window of three empty panes costs: what ours is compared with."""

import sys

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QListView, QMainWindow, QSplitter, QTextBrowser

app = QApplication(sys.argv[:1])
window = QMainWindow()
panes = QSplitter()
window.setCentralWidget(panes)
for pane in (QListView(), QListView(), QTextBrowser()):
    if isinstance(pane, QListView):
        pane.setModel(QStringListModel(pane))
    panes.addWidget(pane)
window.resize(1200, 760)
window.show()
sys.exit(app.exec())
