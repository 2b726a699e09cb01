"""Static files by content: every file, and every module that a module imports, is named after what is in it."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise carries no types
    """An `import "./x.js"` inside a module names the hashed file, too: a browser never mixes two releases."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 20
    """A name passes from module to importer once a round: the phone's modules stand deeper on each other than Django's five."""
