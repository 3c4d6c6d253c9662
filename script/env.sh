# shellcheck shell=bash
# Sourced by every script here: works from the repository root, with its own Node 24 and pinned tools first on PATH.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1
# The system folders at the end hold sshd and nginx; a Debian user other than root has them not on PATH.
export PATH="$root/node_modules/node/bin:$root/.tools/bin:$PATH:/usr/local/sbin:/usr/sbin:/sbin"
