# Run beside Alembic; what it has to tell goes into $ROOM/told, because env.py may print what it likes.
import ast
import io
import json
import os
import sys

sys.path.insert(0, os.getcwd())
from alembic import command, config, script
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationStep
from sqlalchemy import event
from sqlalchemy.engine import Engine

settings = config.Config(os.environ["SLIPWAY_CONFIG"], ini_section=os.environ["SLIPWAY_SECTION"])
scripts = script.ScriptDirectory.from_config(settings)


# Whatever engine env.py makes: its connections are to the database that is meant, and wait no longer than they may.
@event.listens_for(Engine, "connect")
def check_connection(connection, _):
    lock, statement = int(os.environ["LOCK_TIMEOUT_MS"]), int(os.environ["STATEMENT_TIMEOUT_MS"])
    seconds = -(-lock // 1000)
    limits = {
        "postgres": ["set lock_timeout = %d" % lock, "set statement_timeout = %d" % statement],
        "mysql": ["set session lock_wait_timeout = %d, innodb_lock_wait_timeout = %d" % (seconds, seconds)],
        "sqlite": ["pragma busy_timeout = %d" % lock],
    }
    cursor = connection.cursor()
    cursor.execute(os.environ["SLIPWAY_WHO"])
    told, wanted = "|".join(map(str, cursor.fetchone())), os.environ["SLIPWAY_IDENTITY"]
    if told != wanted:
        raise SystemExit("Error: env.py leads to %s, and the database that is meant is %s. Let it read DATABASE_URL or PGHOST, PGDATABASE and the like." % (told, wanted))
    for limit in limits[os.environ["SLIPWAY_KIND"]]:
        cursor.execute(limit)
    connection.commit()
    cursor.close()


def current_heads():
    heads = []

    def remember(found, _):
        heads.extend(found)
        return []

    with EnvironmentContext(settings, scripts, fn=remember, dont_mutate=True):
        scripts.run_env()
    return heads


def status(told):
    heads = current_heads()
    every = list(reversed(list(scripts.walk_revisions())))
    names = {revision.revision for revision in every}
    known = [head for head in heads if head in names]
    applied = {revision.revision for revision in scripts.iterate_revisions(tuple(known), "base", implicit_base=True)} if known else set()
    for revision in every:
        path = os.path.relpath(revision.path, os.environ["SLIPWAY_FOLDER"])
        told.write(json.dumps(["applied" if revision.revision in applied else "pending", revision.revision, None if path.startswith("..") else path]) + "\n")
    for head in heads:
        if head not in names:
            told.write(json.dumps(["unknown", head, None]) + "\n")
    told.write('["end"]\n')


def parents_of(name):
    down = scripts.get_revision(name).down_revision
    return [] if down is None else [down] if isinstance(down, str) else list(down)


# A way back that is empty, or only refuses, is none.
def can_be_undone(name):
    with open(scripts.get_revision(name).path, encoding="utf-8") as source:
        tree = ast.parse(source.read())
    bodies = [node.body for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "downgrade"]
    plain = (ast.Pass, ast.Raise)
    return any(not isinstance(line, plain) and not (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)) for body in bodies for line in body)


def sql(told, name):
    parents = parents_of(name)
    printed = io.StringIO()
    settings.output_buffer = printed
    try:
        command.upgrade(settings, "%s:%s" % (parents[0] if parents else "base", name), sql=True)
        told.write(printed.getvalue())
    except (Exception, SystemExit) as error:
        told.write("-- THIS OPERATION CANNOT BE WRITTEN AS SQL: %s\n" % str(error).replace("\n", " "))
    if can_be_undone(name):
        told.write("\n-- can be undone\n")


def prepare():
    def make(_, context):
        context._ensure_version_table()
        return []

    with EnvironmentContext(settings, scripts, fn=make):
        scripts.run_env()


# `alembic downgrade` takes a revision to go back to, and with it every branch that began there: this undoes one alone.
def undo(name):
    def step(heads, _):
        if name in heads:
            return [MigrationStep.downgrade_from_script(scripts.revision_map, scripts.get_revision(name))]
        if name in {each.revision for each in scripts.iterate_revisions(heads, "base")}:
            raise SystemExit("Error: what was applied after %s has to be undone before it." % name)
        return []

    with EnvironmentContext(settings, scripts, fn=step):
        scripts.run_env()


task, *words = json.loads(os.environ["SLIPWAY_TASK"])
with open(os.path.join(os.environ["ROOM"], "told"), "w", encoding="utf-8") as told:
    if task == "status":
        status(told)
    elif task == "sql":
        sql(told, *words)
    elif task == "prepare":
        prepare()
    elif task == "apply":
        command.upgrade(settings, *words)
    else:
        undo(*words)
