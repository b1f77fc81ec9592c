# The steps, one function each. Sourced by .ci/run.
#
# A step returns other than 0 if it fails. It runs pytest by `pytest_in`, so that its tests are counted. To add one: a
# function step_NAME, its name in STEPS (long ones early: two run at a time), a line in CONTRIBUTING.md.

STEPS=("tests 3.11" engines "tests 3.12" "tests 3.13" "tests lowest" mutants faults browser main)

# main_environment: Python 3.11 with what the README's command installs; several steps use it.
main_environment() {
    python=$main_python
    environment 3.11 "$python" "$(readme_environment)"
}

# extras_environment: the engines, the browser's driver and all else that is optional.
extras_environment() {
    python=$main_python
    environment extras "$python" "python3 -m venv .venv
        .venv/bin/pip install -e '.[test,annotation,browser,faststream,fr,html,ray,scrapy,sm,spark]'"
}

# pytest_in COPY NAME COMMAND: run pytest, recording each test. That all are skipped is no failure here (code 5): the
# tally counts them as not run, and fails if nothing that is missing explains it.
pytest_in() {
    local code=0
    PYTEST_ADDOPTS="--junitxml=$results/$2.xml" in_copy "$1" "$python" "$3" || code=$?
    [ "$code" = 0 ] || [ "$code" = 5 ]
}

step_lint() {
    main_environment
    in_copy 3.11 "$python" ".venv/bin/ruff check .
        .venv/bin/ruff format --check .
        .venv/bin/mypy"
}

# step_tests VERSION|lowest: the README's tests, and those that it leaves out because they take long.
step_tests() {
    case ${1:?which Python? .ci/run --list names the steps} in
    3.11) main_environment ;;
    lowest)
        python=$main_python
        lowest_versions "$python" >"$work/lowest.txt"
        environment lowest "$python" "python3 -m venv .venv
            .venv/bin/pip install --constraint ../lowest.txt -e '.[test]'"
        ;;
    *)
        python=$(python_of "$1")
        [ -n "$python" ] || { missing "Python $1" "a^"; return 0; }
        environment "$1" "$python" "$(readme_environment)"
        ;;
    esac
    # Tests must depend on nothing of the machine, so one Python has another locale, time zone and terminal.
    [ "$1" != 3.12 ] || export LC_ALL=C TZ=Pacific/Apia COLUMNS=40
    pytest_in "$1" tests "$(readme_tests)"
    # What takes long depends on the package, not on the Python.
    [ "$1" != 3.11 ] || pytest_in "$1" slow "$(readme_tests) -m slow"
}

# A sample of small changes to the code that the tests have to notice.
step_mutants() {
    main_environment
    in_copy 3.11 "$python" ".ci/mutation .venv/bin/python"
}

# Runs are killed at more moments, and have more articles.
step_faults() {
    main_environment
    LONG=1 pytest_in 3.11 faults "$(readme_tests) -m 'slow or not slow' tests/batch/test_faults.py"
}

# The engines are real ones: a Spark cluster, a Ray cluster, a redis-server, a crawl.
step_engines() {
    tool redis-server redis-server "redis-server"
    tool java default-jre-headless "Java"
    extras_environment
    pytest_in extras engines "$(readme_tests) -m 'slow or not slow' tests/adapters tests/entities/test_decoder.py tests/test_language.py tests/test_export.py"
}

# The report is looked at in a real browser, and by axe-core for those who cannot see it.
step_browser() {
    tool chromium chromium "no chromium"
    { command -v npm >/dev/null && npm install --silent --prefix "$work/axe" axe-core@4 >/dev/null; } ||
        missing "axe-core from npm" "no checks of accessibility|no chromium"
    extras_environment
    AXE=$work/axe/node_modules/axe-core/axe.min.js pytest_in extras browser \
        "$(readme_tests) -m 'slow or not slow' tests/report/test_browser.py"
}

# The README's first command, which works on a fresh clone; outputs/ is what it makes.
step_main() {
    python=$main_python
    copy main
    in_copy main "$python" "$(readme run)"
    diff --recursive --brief --exclude=run.json --exclude='.brief-extract.*' "$root/outputs" "$work/main/my-outputs" ||
        { echo "outputs/ is not what a run makes of corpus/: brief-extract --force --prune corpus/ outputs/" >&2; return 1; }
}
