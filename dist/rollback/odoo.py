# Tells which modules are older in the database than on the disk. Odoo keeps a version with its series before it.
import ast
import json
import os
import sys


def manifest_of(module):
    for folder in os.environ["SLIPWAY_ADDONS"].split(","):
        path = os.path.join(folder.strip(), module, "__manifest__.py")
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as manifest:
                return path, ast.literal_eval(manifest.read())
    return None, None


def adapted(version, series):
    return version if version.startswith(series + ".") and version.count(".") >= 4 else "%s.%s" % (series, version)


rows = [line.rstrip("\n").split("|") for line in sys.stdin if line.strip()]
base = [version for name, _, version in rows if name == "base"]
if not base or base[0].count(".") < 2:
    raise SystemExit("Error: ir_module_module has no module base with a version.")
series = ".".join(base[0].split(".")[:2])
for name, state, version in sorted(rows):
    path, manifest = manifest_of(name)
    if manifest is None:
        print(json.dumps(["unknown", "%s %s" % (name, version), None]))
        continue
    wanted = adapted(str(manifest.get("version", "1.0")), series)
    inside = None if os.path.isabs(path) else os.path.normpath(path)
    if state == "installed" and version == wanted:
        print(json.dumps(["applied", "%s %s" % (name, version), inside]))
    else:
        print(json.dumps(["pending", "%s %s" % (name, wanted), inside]))
print('["end"]')
