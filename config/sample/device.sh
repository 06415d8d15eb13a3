#!/bin/sh
# A device (签到设备) made of nothing but POSIX sh, curl and OpenSSL 3: it enrols, and signs scans with
# Ed25519. It keeps its key, its token and its statements in FOLDER. README.md beside it is the contract.
#
#   sh device.sh FOLDER enrol API DEVICE CODE
#   sh device.sh FOLDER scan  API CLASS LESSON in|out|check RECORD
#   sh device.sh FOLDER send  API CLASS          sends the statement that has no answer yet
#
# DEVICE and CODE come from POST /v1/institutions/{creditCode}/devices; RECORD is what a card reader
# returns, fields separated by |. Exit codes: 0 a receipt, printed; 1 refused, the problem is printed;
# 2 usage; 75 no answer, or 202: the statement is kept, and sent first the next time.
set -eu

usage() {
  sed -n '2,12s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

say() { printf 'device.sh: %s\n' "$*" >&2; }
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
hash() { openssl dgst -sha256 -binary | base64url; }

# One process at a time holds $lock, a file with its process id. One left behind by a process that was
# killed is removed under a second lock, so that no other process's lock is removed.
lock() {
  waited=0
  until (set -C && echo "$$" >"$lock") 2>/dev/null; do
    holder=$(cat "$lock" 2>/dev/null) || holder=
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null && mkdir "$lock.broken" 2>/dev/null; then
      [ "$(cat "$lock" 2>/dev/null)" != "$holder" ] || rm -f "$lock"
      rmdir "$lock.broken"
      continue
    fi
    [ "$waited" -lt 120 ] || { say "remove $lock if no other process uses it" && exit 75; }
    waited=$((waited + 1))
    sleep 1
  done
  trap 'rm -f "$lock"' EXIT
  trap 'exit 75' HUP INT TERM
}

# Sends the body in a file under an idempotency key, and again the same while no answer comes. Sets
# status, 000 for no answer; the answer's body is in $work.answer.
post() {
  path=$1 bearer=$2 key=$3 body=$4
  attempt=1
  while :; do
    rm -f "$work.answer"
    status=$(curl -sS --max-time 20 -o "$work.answer" -w '%{http_code}' -X POST "$api$path" \
      -H "Authorization: Bearer $bearer" -H "Idempotency-Key: $key" \
      -H 'Content-Type: application/json' --data-binary "@$body") || status=000
    # Also when the connection ended within the head, which curl does not report.
    [ "$(tail -c 1 "$work.answer" 2>/dev/null)" = '}' ] || status=000
    case $status in 000 | 408 | 5??) ;; *) return ;; esac
    [ "$attempt" -lt "${ATTEMPTS:-4}" ] || return 0
    sleep "$attempt"
    attempt=$((attempt + 1))
  done
}

code() { sed -n 's/.*"code":"\([a-z_]*\)".*/\1/p' "$work.answer" 2>/dev/null || true; }
print() { cat "$work.answer" && echo; }

enrol() {
  device=$1 code=$2
  lock=$folder/enrol.lock work=$folder/enrol
  lock
  [ -f "$folder/key.pem" ] || openssl genpkey -algorithm ed25519 -out "$folder/key.pem"
  public=$(openssl pkey -in "$folder/key.pem" -pubout -outform DER | base64url)
  printf '{"device":"%s","publicKey":"%s"}' "$device" "$public" >"$work.body"
  post /v1/enrolments "$code" "enrol-$device" "$work.body"
  token=$(sed -n 's/.*"token":"\([^"]*\)".*/\1/p' "$work.answer" 2>/dev/null) || token=
  if [ -z "$token" ]; then
    [ "$status" != 000 ] || { say 'no answer; enrol again with the same code' && exit 75; }
    print
    exit 1
  fi
  printf '%s' "$token" >"$folder/token"
  printf '%s' "$device" >"$folder/device"
  echo "enrolled $device"
}

# Signs the class's next statement and stores it as $work.pending. It has not been sent before it is
# stored whole, so that nothing else can be signed with its counter.
sign() {
  lesson=$1 act=$2 record=$3
  counter=1 previous=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
  [ ! -f "$work" ] || read -r counter previous <"$work"
  salt=$(openssl rand 16 | base64url)
  # Both are canonical JSON (RFC 8785): members in order, no white space.
  presented=$(printf '{"record":"%s","salt":"%s","way":"physical_card"}' "$record" "$salt")
  commitment=$(printf '%s' "$presented" | hash)
  printf '{"$t":"vds1.ed25519","act":"%s","cls":"%s/%s","crd":"%s","ctr":%s,"dev":"%s","ep":1,"lb":"","mono":0,"non":"","ph":"%s","t":%s}' \
    "$act" "$class" "$lesson" "$commitment" "$counter" "$(cat "$folder/device")" "$previous" \
    "${TAPPED_AT:-$(date +%s)000}" >"$work.statement"
  signature=$(openssl pkeyutl -sign -inkey "$folder/key.pem" -rawin -in "$work.statement" | base64url)
  this=$(hash <"$work.statement")
  [ -n "$signature" ] || { say 'OpenSSL cannot sign' && exit 2; }
  # The counter and the hash in the first line, the request's body in the second.
  printf '%s %s\n{"presented":%s,"statement":%s,"signature":"%s"}' "$counter" "$this" \
    "$presented" "$(cat "$work.statement")" "$signature" >"$work.new"
  rm "$work.statement"
  mv "$work.new" "$work.pending"
}

# Sends the stored statement and acts on the answer. Returns 0 with a receipt, 1 when it was refused;
# ends with 75 while it must be kept.
send() {
  read -r counter this <"$work.pending"
  sed 1d "$work.pending" >"$work.body"
  post "/v1/classes/$class/scans" "$(cat "$folder/token")" "$this" "$work.body"
  rm "$work.body"
  # The member is the answer's last: an answer that was cut off does not have it.
  used=$(sed -n 's/.*"counterUsed":\([a-z]*\)}$/\1/p' "$work.answer" 2>/dev/null) || used=
  case $status/$used/$(code) in
    20[01]/true/*)
      printf '%s %s\n' "$((counter + 1))" "$this" >"$work.new" && mv "$work.new" "$work" || exit 75
      ;;
    200/false/*) ;;
    429//tap_rate)
      rm "$work.pending"
      return 1
      ;;
    401/* | 408/* | 429/* | */device_not_trusted)
      print >&2
      say 'not accepted now; the statement is kept'
      exit 75
      ;;
    4??//?*)
      rm "$work.pending"
      return 1
      ;;
    202/*)
      print >&2
      say "statements before counter $counter are missing; this one is kept and not counted"
      exit 75
      ;;
    *)
      say "no answer (status $status); the statement is kept: scan again or send"
      exit 75
      ;;
  esac
  rm "$work.pending"
}

# What an earlier run left without an answer goes first; its outcome is not the outcome of this run.
finish() {
  [ -f "$work.pending" ] || return 0
  if send; then say 'the statement kept earlier has its receipt'; else
    say "the statement kept earlier was refused: $(code)"
  fi
}

[ $# -ge 4 ] || usage
folder=$1 verb=$2 api=$3
shift 3
umask 077
mkdir -p "$folder"
case $verb-$# in
  enrol-2) enrol "$@" ;;
  scan-4 | send-1)
    case $* in *[\"\\[:cntrl:]]*) say 'quotes, backslashes and control characters cannot be sent' && exit 2 ;; esac
    case $1 in */* | .*) usage ;; esac
    class=$1 work=$folder/$1 lock=$folder/$1.lock
    shift
    [ -s "$folder/token" ] || { say 'enrol it first' && exit 2; }
    lock
    if [ "$verb" = scan ]; then
      finish
      sign "$@"
    fi
    [ -f "$work.pending" ] || { say 'nothing is kept' && exit 0; }
    if send; then print; else print && exit 1; fi
    ;;
  *) usage ;;
esac
