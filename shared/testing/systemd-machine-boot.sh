#!/bin/sh
# Boots a folder as a machine with systemd as its process 1, in namespaces of its own but the network's:
#   unshare --mount sh systemd-machine-boot.sh ROOT NODE
# It ends when the machine is shut down or its process 1 is killed. Nothing of it is mounted outside.
set -eu
if [ "$1" != inside ]; then
  # A cgroup of its own becomes the root that systemd sees. The kernel keeps it until it is removed.
  mount -t cgroup2 none "$1/mnt"
  cgroup=$1/mnt/slipway-$$
  mkdir "$cgroup"
  sh -c 'echo $$ >"$0/cgroup.procs" && exec setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --cgroup --uts --ipc "$@"' "$cgroup" sh "$0" inside "$@" || true
  find "$cgroup" -depth -type d -exec rmdir {} +
  exit 0
fi
shift
root=$1 node=$2

mount --bind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t cgroup2 none sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=755 tmpfs dev
mkdir dev/pts dev/shm run/lock
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
mount -t tmpfs -o mode=1777 tmpfs dev/shm
while read -r name major minor; do mknod -m 666 "dev/$name" c "$major" "$minor"; done <<DEVICES
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
DEVICES
ln -s pts/ptmx dev/ptmx
for stream in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${stream%:*}" "dev/${stream#*:}"; done
ln -s /proc/self/fd dev/fd
mount --bind "$node" usr/bin/node
# A boot has an id of its own here too. The kernel's other settings are the host's, and stay as they are.
cat proc/sys/kernel/random/uuid >run/boot-id
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount --bind run/boot-id proc/sys/kernel/random/boot_id
mount -o remount,ro sys

mkdir -p .host
pivot_root . .host
umount -l .host
cd /
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=oci setpriv --bounding-set=-sys_time,-sys_module,-sys_rawio /lib/systemd/systemd </dev/null >/run/boot.log 2>&1
