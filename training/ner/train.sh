#!/bin/sh
# The shipped model, from data to folder: ./train.sh DATA BASE WORK
# DATA: folder with the four training sets; BASE: en_core_web_md or its path; WORK: folder for all that is made.
set -eu
data=$1 base=$2 work=$3
here=$(dirname "$0")
seeds=${SEEDS:-"0 1 2"}
export OPENBLAS_NUM_THREADS=1

python "$here/convert.py" "$data" "$base" "$work/corpora"
python "$here/train.py" "$base" "$work/corpora" "$work/teacher" --epochs 3 \
    --sets crossner broad-twitter:0.5 wnut17:0.5 own
python "$here/convert.py" "$data" "$base" "$work/corpora" --teacher "$work/teacher"
models=
for seed in $seeds; do
    python "$here/train.py" "$base" "$work/corpora" "$work/seed-$seed" --seed "$seed"
    models="$models $work/seed-$seed"
done
# shellcheck disable=SC2086  # one word for each model
python "$here/export.py" "$work/brief_news" $models
