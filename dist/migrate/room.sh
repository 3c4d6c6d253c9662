# shellcheck shell=sh
# How much room there is on a disk. Stands at the head of every script that a server is sent.

# free_in OPTION FOLDER: the KiB (-k) or inodes (-i) that are free on its file system; fails where that cannot be told, as with
# inodes on btrfs: there are 0 of them, all told.
free_in() {
  number='[0-9][0-9]*' blanks='[[:space:]][[:space:]]*'
  free=$(df -P "$1" "$2" 2>/dev/null | sed -n "\$s/.*[[:space:]][1-9][0-9]*$blanks$number$blanks\($number\)$blanks$number%.*/\1/p")
  [ -n "$free" ] && printf '%s\n' "$free"
}
# Whether so little is left that what fails may have failed for that.
is_full() { [ "$(free_in -k "$1" || echo 1024)" -lt 1024 ] || [ "$(free_in -i "$1" || echo 16)" -lt 16 ]; }
room_in() { printf '%s\n' "Free on the disk of $1: $(free_in -k "$1" || echo unknown) KiB, $(free_in -i "$1" || echo unknown) inodes."; }
