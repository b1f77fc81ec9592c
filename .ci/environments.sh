# Copies of the repository, each with an environment of its own. Sourced by .ci/run.

# python_of VERSION: an interpreter of that version which can make environments, if there is one.
python_of() {
    local candidate
    for candidate in "python$1" "$HOME/.pyenv/versions/$1".*/bin/python "python3"; do
        if "$candidate" -c "import ensurepip, sys; sys.exit('%d.%d' % sys.version_info[:2] != '$1')" 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

# readme NAME: the command in the code block after <!-- NAME --> in the README.
readme() {
    local found
    found=$(awk -v mark="<!-- $1 -->" '$0 == mark { on = 1; next } on && /^```/ { if (++fences == 2) exit; next } on' \
        "$root/README.md")
    [ -n "$found" ] || { echo "README.md has no command after <!-- $1 -->" >&2; return 1; }
    printf '%s\n' "$found"
}

# The README's command for tests ends with the tests; what is before it makes the environment.
readme_environment() { local all; all=$(readme test); printf '%s\n' "${all% && *}"; }
readme_tests() { local all; all=$(readme test); printf '%s\n' "${all##* && }"; }

# copy NAME: a copy of the tree, as a newcomer gets it.
copy() {
    mkdir "$work/$1"
    git -C "$root" ls-files -z --cached --others --exclude-standard |
        tar -C "$root" --null --files-from=- -cf - | tar -C "$work/$1" -xf -
}

# in_copy NAME PYTHON COMMAND: run a command in a copy; python3 in it is the given one.
in_copy() {
    (cd "$work/$1" && PYTHON="$2" bash -euo pipefail -c 'python3() { "$PYTHON" "$@"; }; eval "$1"' - "$3")
}

# environment NAME PYTHON COMMAND: a copy in which the command has made an environment, once for all steps that use it.
environment() {
    (
        flock 9
        [ ! -e "$work/$1.ready" ] || exit 0
        rm -rf "${work:?}/$1"
        copy "$1"
        in_copy "$1" "$2" "$3"
        touch "$work/$1.ready"
    ) 9>"$work/$1.lock"
}

# lowest_versions: the lowest version of each dependency that pyproject.toml allows, as constraints for pip.
lowest_versions() {
    "$1" - "$root/pyproject.toml" <<'PYTHON'
import re, sys, tomllib
with open(sys.argv[1], "rb") as file:
    for requirement in tomllib.load(file)["project"]["dependencies"]:
        print(re.sub(r"^([\w-]+)[>=]=([\d.]+).*", r"\1==\2", requirement))
PYTHON
}

# tool COMMAND PACKAGE SKIPS: have a command, if need be from the system's packages. Where that fails, CI says so and
# goes on: the tests that need it are skipped with a reason that matches SKIPS, and are counted as not run.
tool() {
    command -v "$1" >/dev/null && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        { apt-get -qq update && apt-get -qq install -y "$2"; } >/dev/null 2>&1 || true
    fi
    command -v "$1" >/dev/null || missing "$1" "$3"
}

# missing NAME SKIPS: something optional is not there.
missing() {
    printf 'no %s: what needs it is not run\n' "$1"
    printf '%s\t%s\n' "$1" "$2" >>"$results/missing"
}
