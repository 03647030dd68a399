#!/usr/bin/env bash
# freeze.sh REMOTE BRANCH: record the addresses that were just published, and push them to BRANCH.
# The published commit is checked out; BRANCH may have newer commits.
set -euo pipefail
remote=$1 branch=$2
make freeze
git add -- 'content/*/*/addresses.json'
if git diff --cached --quiet; then
  echo "no address is new"
  exit 0
fi
git config user.name >/dev/null || git config user.name gazette
git config user.email >/dev/null || git config user.email gazette@localhost
git commit --quiet -m "chore(addresses): as published [skip ci]"
for _ in 1 2 3; do
  git fetch --quiet "$remote" "$branch"
  git rebase --quiet FETCH_HEAD
  if git push --quiet "$remote" "HEAD:refs/heads/$branch"; then
    exit 0
  fi
done
echo "the addresses could not be pushed to $branch" >&2
exit 1
