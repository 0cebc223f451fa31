import hashlib

from reader.store.migrations import steps

# A step that was shipped never changes: a library that took it would differ from one that takes it now.
DIGESTS = {
    "0001_library.sql": "4565db16ba6ca4f9",
    "0002_order.sql": "5857014cd8f8c6e2",
    "0003_months.sql": "6c4c10faaba59967",
    "0004_corrections.sql": "a2dc4e17f94b7971",
    "0005_forms.sql": "3e084468f3ba1cc9",
    "0006_outside.sql": "a99af33b35945461",
    "0007_following.sql": "8944254dbd257a9e",
    "0011_older.sql": "d22e04f519ce1f9f",
}


def test_a_migration_never_changes():
    assert {step.name: hashlib.sha256(step.read_bytes()).hexdigest()[:16] for step in steps()} == DIGESTS


def test_the_migrations_are_numbered_without_a_gap():
    assert [int(step.name[:4]) for step in steps()] == list(range(1, len(steps()) + 1))
