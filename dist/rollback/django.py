# Run by `manage.py shell`; what it has to tell goes into $ROOM/told, because settings and apps may print what they like.
import json
import os

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

connection = connections[os.environ["SLIPWAY_ALIAS"]]


def rows(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return ["|".join(map(str, row)) for row in cursor.fetchall()]


def check_database():
    told, wanted = rows(os.environ["SLIPWAY_WHO"])[0], os.environ["SLIPWAY_IDENTITY"]
    if told != wanted:
        raise SystemExit("Error: Django's settings lead to %s, and the database that is meant is %s. Let the settings read DATABASE_URL or PGHOST, PGDATABASE and the like." % (told, wanted))


def limit_waiting():
    lock, statement = int(os.environ["LOCK_TIMEOUT_MS"]), int(os.environ["STATEMENT_TIMEOUT_MS"])
    seconds = -(-lock // 1000)
    settings = {
        "postgresql": ["set lock_timeout = %d" % lock, "set statement_timeout = %d" % statement],
        "mysql": ["set session lock_wait_timeout = %d, innodb_lock_wait_timeout = %d" % (seconds, seconds)],
        "sqlite": ["pragma busy_timeout = %d" % lock],
    }
    with connection.cursor() as cursor:
        for setting in settings.get(connection.vendor, []):
            cursor.execute(setting)


def file_of(migration):
    import sys

    path = os.path.relpath(sys.modules[migration.__module__].__file__, os.environ["SLIPWAY_FOLDER"])
    return None if path.startswith("..") else path


def status(told):
    executor = MigrationExecutor(connection)
    loader = executor.loader
    loader.check_consistent_history(connection)
    if loader.detect_conflicts():
        raise SystemExit("Error: several migrations are the last of their app: %s. Run manage.py makemigrations --merge." % ", ".join(sorted(loader.detect_conflicts())))
    leaves = loader.graph.leaf_nodes()
    pending = [migration for migration, _ in executor.migration_plan(leaves)]
    every = [migration for migration, _ in executor.migration_plan(leaves, clean_start=True)]
    replaced = {key for migration in every for key in migration.replaces}
    known = {(migration.app_label, migration.name) for migration in every}
    for migration in every:
        told.write(json.dumps(["pending" if migration in pending else "applied", "%s.%s" % (migration.app_label, migration.name), file_of(migration)]) + "\n")
    for app, name in sorted(set(loader.applied_migrations) - known - replaced):
        told.write(json.dumps(["unknown", "%s.%s" % (app, name), None]) + "\n")
    told.write('["end"]\n')


def sql(told, app, name):
    migration = MigrationExecutor(connection).loader.graph.nodes[app, name]
    try:
        call_command("sqlmigrate", app, name, database=connection.alias, stdout=told, no_color=True)
    except Exception as error:
        told.write("-- THIS OPERATION CANNOT BE WRITTEN AS SQL: %s\n" % str(error).replace("\n", " "))
    if all(operation.reversible for operation in migration.operations):
        told.write("\n-- can be undone\n")


def migrate(app, target):
    limit_waiting()
    call_command("migrate", app, target, database=connection.alias, interactive=False, no_color=True)


def undo(app, name):
    executor = MigrationExecutor(connection)
    parents = [key for key in executor.loader.graph.nodes[app, name].dependencies if key[0] == app]
    target = parents[0][1] if parents else "zero"
    plan = [(migration.app_label, migration.name) for migration, _ in executor.migration_plan([(app, None if target == "zero" else target)])]
    if plan not in ([(app, name)], []):
        raise SystemExit("Error: undoing %s.%s would also undo others: %s." % (app, name, ", ".join(map(".".join, plan))))
    if plan:
        migrate(app, target)


task, *words = json.loads(os.environ["SLIPWAY_TASK"])
check_database()
with open(os.path.join(os.environ["ROOM"], "told"), "w", encoding="utf-8") as told:
    if task == "status":
        status(told)
    elif task == "sql":
        sql(told, *words)
    elif task == "prepare":
        MigrationRecorder(connection).ensure_schema()
    elif task == "apply":
        migrate(*words)
    else:
        undo(*words)
