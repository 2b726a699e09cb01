"""The log: entries that are never changed, bodies that may be erased, and the head that says how far it goes."""

from __future__ import annotations

from django.db import models

from kycuong.core.clock import now


class AuditEntry(models.Model):
    """One act on one row. `meta` is canonical JSON and a leaf of the Merkle tree; it holds no personal data.

    `model` and `key` repeat what `meta` says so that the entries of a row can be found; `kycuong audit verify` compares.
    """

    seq = models.BigIntegerField(primary_key=True)
    meta = models.BinaryField()
    model = models.CharField(max_length=100)
    key = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["model", "key", "seq"], name="audit_entry_of_row")]

    def __str__(self) -> str:
        return f"#{self.seq} {self.model} {self.key}"


class AuditBody(models.Model):
    """The row's image after the act and the act's details, behind the commitment in `meta`. Salt and body go together."""

    entry = models.OneToOneField(
        AuditEntry, primary_key=True, db_column="seq", on_delete=models.PROTECT, related_name="body"
    )
    salt = models.BinaryField(null=True)
    body = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(salt__isnull=True, body__isnull=True)
                | models.Q(salt__isnull=False, body__isnull=False),
                name="audit_body_erased_with_its_salt",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.entry_id}"


class AuditHead(models.Model):
    """The one row that every act locks last: how many entries there are, and the frontier of their tree."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_is_one_row")]

    def __str__(self) -> str:
        return f"{self.size} entries"


class LogCheckpoint(models.Model):
    """The log as it was at a moment, signed: whoever holds a copy can tell whether what came before is still the same."""

    size = models.BigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    note = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-size"]

    def __str__(self) -> str:
        return f"{self.size} entries, {self.root[:16]}"


class CheckpointStamp(models.Model):
    """What a time-stamping authority answered for the checkpoint of this size (RFC 3161, DER), as it came: who reads it checks it. There may
    be several of one checkpoint: the first that holds counts, so that a wrong one keeps no right one away."""

    size = models.BigIntegerField(db_index=True)
    reply = models.BinaryField()
    received_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["size", "pk"]

    def __str__(self) -> str:
        return f"stamp of {self.size} entries"


class LogBlock(models.Model):
    """The root of 1,024 entries, so that a proof need not read them again: derived, and never believed without what was signed."""

    number = models.BigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"block {self.number}"


class CheckpointMail(models.Model):
    """That the mail server took the checkpoint of a day for an address."""

    address = models.CharField(max_length=254)
    day = models.DateField()
    size = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "day"], name="checkpoint_mail_once_a_day")]

    def __str__(self) -> str:
        return f"checkpoint {self.size} mailed on {self.day}"


class BulkLoad(models.Model):
    """Generated rows that were written by the thousand: the log names them here, by their numbers, and not one by one.

    `rows`: label of the model → [first primary key, last one]. `wish`: what the load was asked for. Only a database of generated data
    has any; whoever verifies the log is told so.
    """

    piece = models.CharField(max_length=120, unique=True)
    rows = models.JSONField(default=dict, blank=True)
    wish = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.piece
