from __future__ import annotations

import ast
import re
import sys
import unittest
from pathlib import Path

import qbitflow

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))


class PackageTest(unittest.TestCase):
    def test_it_needs_nothing_but_the_standard_library_and_the_syntax_of_python_3_9(self) -> None:
        named = set()
        for path in (ROOT / "src").rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))
            for node in ast.walk(tree):
                if isinstance(node, ast.Import):
                    named.update(alias.name.split(".")[0] for alias in node.names)
                if isinstance(node, ast.ImportFrom) and node.level == 0:
                    named.add((node.module or "").split(".")[0])
        standard = getattr(sys, "stdlib_module_names", named)
        self.assertEqual(named - set(standard), set())
        self.assertIn("http", named)

    def test_the_async_clients_types_are_those_of_the_sync_client(self) -> None:
        from write_aio_stub import STUB, stub_text

        self.assertEqual(STUB.read_text(encoding="utf-8"), stub_text(), "Run scripts/write_aio_stub.py.")

    def test_it_is_typed_and_has_one_version(self) -> None:
        project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        self.assertEqual(re.findall(r'^version = "(.*)"$', project, re.MULTILINE), [qbitflow.__version__])
        self.assertTrue((ROOT / "src/qbitflow/py.typed").exists())

    def test_every_folder_with_code_is_a_package_so_that_an_installation_has_it(self) -> None:
        folders = {path.parent for path in (ROOT / "src").rglob("*.py")}
        self.assertEqual([str(folder) for folder in folders if not (folder / "__init__.py").exists()], [])
        self.assertGreater(len(folders), 2)
