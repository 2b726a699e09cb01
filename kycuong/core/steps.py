"""A step of the database that only makes new tables, made at once.

Django renders every model that a table is tied to after each table of a step, which with people in the middle is nearly
all of them: most of the time of a first start went there.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint, AddIndex, CreateModel, Migration
from django.db.migrations.state import ProjectState


class NewTables(Migration):
    """Tables with their indexes and constraints, and nothing else. Forwards they are made as they are when the step is over."""

    def __init__(self, name: str, app_label: str) -> None:
        """Ends in TypeError for an operation that is none of these."""
        super().__init__(name, app_label)
        made = {one.name.lower() for one in self.operations if isinstance(one, CreateModel)}
        for one in self.operations:
            later = isinstance(one, AddConstraint | AddIndex) and one.model_name.lower() in made
            if not (later or isinstance(one, CreateModel)):
                raise TypeError(f"{app_label}.{name}: {one.describe()} makes no new table")

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> Any:
        if collect_sql:  # to be read, table by table
            return super().apply(project_state, schema_editor, collect_sql)
        before = project_state.clone()
        project_state.__dict__.pop("apps", None)  # rendered anew, once, when the first table asks for it
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state
