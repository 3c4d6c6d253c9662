# shellcheck shell=sh
# Stands at the head of what takes a packet.

# unpack HOW FOLDER: takes a tar stream from standard input, "zstd" or "gzip" if it is compressed. Owner and time become those of this
# moment: setting them would cost two calls more for each of many thousand files.
unpack() {
  case $1 in
    zstd) zstd -dcq | unpack '' "$2" ;;
    gzip) gzip -dc | unpack '' "$2" ;;
    *) tar -xpmof - -C "$2" ;;
  esac
}
