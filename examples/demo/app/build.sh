#!/bin/sh
# Leaves a release that needs nothing but Node in build/: sh build.sh VERSION
set -eu
rm -rf build
mkdir build
cp -R package.json server.js recent-orders.js db node_modules build/
printf '%s\n' "$1" >build/VERSION
