#!/bin/sh
# Makes a Debian machine as a tarball: sh systemd-machine-image.sh TARBALL. It has systemd, sshd, nginx, sudo, polkit, and nothing of Slipway.
set -eu
tarball=$1
packages=systemd,systemd-sysv,dbus,dbus-user-session,libpam-systemd,openssh-server,nginx-light,sudo,curl,polkitd,procps,libstdc++6,libatomic1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
root=$work/root
# The archive's own keys are checked where the host has them, which a host other than Debian may not.
debootstrap --variant=minbase --include="$packages" bookworm "$root" >"$work/log" 2>&1 || { tail -n 20 "$work/log" >&2; exit 1; }
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/doc "$root"/usr/share/man "$root"/usr/share/locale
# Its sshd and nginx share the host's network, so they listen only where a test tells them to.
rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/nginx/sites-enabled/default"
: >"$root/usr/bin/node"
echo web1 >"$root/etc/hostname"
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer getty.target console-getty.service; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
tar -C "$root" -czf "$tarball.new" .
mv "$tarball.new" "$tarball"
