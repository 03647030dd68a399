#!/bin/sh
# make base BASE=<commit>: what make report compares with, as issue.json files in report/old.
# The commit's own program builds the commit's content into site/, where the next build goes on.
# Without a commit, or if it cannot be built, site/ as it stands is what is compared with.
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
*[!0]*) build_base || echo "$base: cannot be built; site/ as it stands is compared with" ;;
*) echo "no commit to compare with; site/ as it stands is compared with" ;; # '' or 0000…
esac
if [ -d site ]; then
  find site -mindepth 3 -maxdepth 3 -name issue.json -exec cp --parents -t report {} +
fi
mv report/site report/old
rm -rf report/base report/base.tar
