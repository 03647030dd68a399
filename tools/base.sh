#!/bin/sh
# make base BASE=<commit>: write the issue.json files that make report compares with, to report/old.
# The commit's own program builds the commit's content into site/, and the next build continues there.
# Without a commit, or if it cannot be built, the existing site/ is taken.
set -eu
base=$1
gazette=$PWD/.venv/bin/gazette

build_base() {
  { git cat-file -e "$base^{commit}" 2>/dev/null || git fetch --quiet --depth=1 origin "$base"; } &&
    git archive --output report/base.tar "$base" &&
    tar -x -C report/base -f report/base.tar &&
    (cd report/base && PYTHONPATH=. "$gazette" build --site ../../site >/dev/null)
}

rm -rf report
mkdir -p report/base report/site
case $base in
*[!0]*) build_base || echo "$base: cannot be built; comparing with the existing site/" ;;
*) echo "no commit to compare with; comparing with the existing site/" ;; # '' or 0000…
esac
if [ -d site ]; then
  find site -mindepth 3 -maxdepth 3 -name issue.json -exec cp --parents -t report {} +
fi
mv report/site report/old
rm -rf report/base report/base.tar
