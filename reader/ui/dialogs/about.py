"""What the program is, and whose work it stands on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

_TEXT = (
    "<h3>Tearsheet</h3><p>A reader for newsletters that pack many stories into one issue.</p>"
    "<p>MIT licence. Fonts: Literata, Inter, JetBrains Mono (OFL). Icons: Lucide (ISC).</p>"
)


class About(QMessageBox):
    """Says it in three sentences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("About Tearsheet")
        self.setText(_TEXT)
