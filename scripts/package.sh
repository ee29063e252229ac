#!/usr/bin/env bash
# Makes what is given away: the packages of the libraries, the tool, and builds that need nothing installed.
#   scripts/package.sh [FOLDER] [PLATFORM...]     FOLDER is dist/ unless named; platforms are linux-x64 win-x64
#                                                 osx-arm64, or others that .NET knows
# Each build is a folder and an archive with the program, models, studies, templates and licence. The one for this machine is run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

out=${1:-dist}; shift || true
platforms=("$@")
[ ${#platforms[@]} -gt 0 ] || platforms=(linux-x64 win-x64 osx-arm64)
mkdir -p "$out"
out=$(cd "$out" && pwd)
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
here=$(dotnet --info | sed -n 's/^ *RID: *//p')

echo "== packages: $out/packages"
dotnet pack Marrow.slnx -c Release -v quiet -o "$out/packages"

build() {
    local platform=$1 name="marrow-$version-$1" program=marrow
    [[ $platform != win-* ]] || program=marrow.exe
    echo "== $platform: $out/$name"
    rm -rf "${out:?}/$name"
    # Apart from the source build: what is restored for one platform must not change what the next build of the sources finds.
    dotnet publish src/Marrow.Cli -c Release -v quiet -r "$platform" --self-contained -o "$out/$name" --artifacts-path "$out/build" \
        -p:PublishSingleFile=true -p:DebugType=none -p:PackAsTool=false || { rm -rf "${out:?}/$name"; return 1; }
    cp LICENSE README.md "$out/$name/"
    [ -s "$out/$name/$program" ] || { echo "$platform: no $program in $out/$name" >&2; return 1; }
    if [[ $platform == win-* ]] && command -v zip >/dev/null; then (cd "$out" && rm -f "$name.zip" && zip -qr "$name.zip" "$name")
    else tar -C "$out" -czf "$out/$name.tar.gz" "$name"; fi
}

# In an empty folder and without a .NET installation in sight, as a new user has it.
try() {
    local program=$1 folder
    folder=$(mktemp -d)
    (cd "$folder" && env -i HOME="$folder" PATH=/usr/bin:/bin "$program" check marrow:examples/leon_triana_2021.ant marrow:studies/eliana.yaml &&
        env -i HOME="$folder" PATH=/usr/bin:/bin "$program" simulate marrow:examples/leon_triana_2021.ant --end 1 --points 2)
    rm -rf "$folder"
}

failed=()
for platform in "${platforms[@]}"; do build "$platform" || failed+=("$platform"); done
for platform in "${platforms[@]}"; do
    [ "$platform" = "$here" ] && [ -d "$out/marrow-$version-$platform" ] || continue
    echo "== run $platform"
    try "$out/marrow-$version-$platform/marrow"
done
if [ ${#failed[@]} -gt 0 ]; then
    echo "Not built: ${failed[*]}; the reason is above (a package source without the runtime of a platform is the usual one)." >&2
    exit 1
fi
