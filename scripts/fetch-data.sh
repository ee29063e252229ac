#!/usr/bin/env bash
# Fetches the public suites of the reference tests from their homes: scripts/fetch-data.sh FOLDER, then MARROW_DATA=FOLDER.
#
# Everything is pinned by content. public-files.tsv names each file of BioModels, the PEtab benchmark and the PEtab test
# suite by its git object id, so a file that changed at its home does not come in unnoticed. The SBML Test Suite is
# taken at its release tag; sbml-suite-cases.txt names the cases and levels that the tests use, and one SHA-256 over
# all their files says whether they are the known ones.
#
# This script needs bash, git and the network. It has been run against local copies of these repositories only, not against
# the real servers; a failure there is a bug worth reporting.
set -euo pipefail

sbml_home=https://github.com/sbmlteam/sbml-test-suite
sbml_tag=3.4.0
sbml_sha256=370c9f4df202fb521bfe3abbfb9d620c8b62f9d013637a1ab0b0ecd9f40e40f9

if [ $# -ne 1 ]; then
    echo "usage: $0 FOLDER" >&2
    exit 2
fi
lists=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1"
data=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sha256() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

# An empty repository that may ask its origin for single objects.
partial_clone() {
    git init -q --bare "$2"
    git -C "$2" remote add origin "$1"
    git -C "$2" config remote.origin.promisor true
    git -C "$2" config remote.origin.partialclonefilter blob:none
}

# Writes the files of one repository that public-files.tsv lists.
fetch_files() {
    local repository=$1 clone="$work/files" blob file
    echo "$repository" >&2
    rm -rf "$clone"
    partial_clone "$repository" "$clone"
    awk -F '\t' -v r="$repository" '$2 == r { print $1 }' "$lists/public-files.tsv" | sort -u |
        git -C "$clone" fetch -q --no-tags --no-write-fetch-head --filter=blob:none --stdin origin
    while IFS=$'\t' read -r blob _ file; do
        mkdir -p "$data/${file%/*}"
        git -C "$clone" cat-file blob "$blob" > "$data/$file.part"
        mv "$data/$file.part" "$data/$file"
    done < <(awk -F '\t' -v r="$repository" '$2 == r' "$lists/public-files.tsv")
}

# The files of the listed cases, in the order of the list: model description, settings, expected results, SBML.
sbml_files() {
    local kind id level folder
    while read -r kind id level; do
        folder=semantic
        if [ "$kind" = stochastic ]; then folder=stochastic; level=l3v2; fi
        printf '%s\n' "cases/$folder/$id/$id-"{model.m,settings.txt,results.csv,"sbml-$level.xml"}
    done < "$lists/sbml-suite-cases.txt"
}

fetch_sbml_suite() {
    local suite="$data/sbml-suite" clone="$work/sbml" file found
    echo "$sbml_home, $sbml_tag" >&2
    git -c advice.detachedHead=false clone -q --depth 1 --branch "$sbml_tag" "$sbml_home" "$clone"
    while read -r file; do
        mkdir -p "$suite/${file%/*}"
        cp "$clone/$file" "$suite/$file"
    done < <(sbml_files)
    awk '$1 == "semantic" { print $2, $3 }' "$lists/sbml-suite-cases.txt" > "$suite/public.txt"
    awk '$1 == "comp" { print $2, $3 }' "$lists/sbml-suite-cases.txt" > "$suite/public_comp.txt"
    awk '$1 == "stochastic" { print $2 }' "$lists/sbml-suite-cases.txt" > "$suite/public_dsmts.txt"
    found=$(hash_of "$suite")
    if [ "$found" != "$sbml_sha256" ]; then
        echo "$suite: the files are not the known ones (SHA-256 $found, expected $sbml_sha256)" >&2
        return 1
    fi
}

hash_of() {
    local file
    (cd "$1" && while read -r file; do cat "$file"; done < <(sbml_files)) | sha256 | cut -d ' ' -f 1
}

while read -r repository; do fetch_files "$repository"; done < <(awk -F '\t' 'NR > 1 { print $2 }' "$lists/public-files.tsv" | sort -u)
fetch_sbml_suite
echo "Done. Now: export MARROW_DATA=$data"
