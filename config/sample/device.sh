#!/bin/sh
# A device (签到设备) made of nothing but POSIX sh, curl and OpenSSL 3: how to enrol, and how to sign a
# scan with Ed25519. It keeps its key, its token and where its statements stand in FOLDER.
#
#   sh device.sh FOLDER enrol API DEVICE CODE
#   sh device.sh FOLDER scan  API CLASS LESSON in|out RECORD
#
# DEVICE and CODE come from POST /v1/institutions/{creditCode}/devices; RECORD is what a card reader
# returns, fields ended by |.
set -eu

[ $# -ge 5 ] || {
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 2
}
folder=$1 verb=$2 api=$3
umask 077
mkdir -p "$folder"

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
hash() { openssl dgst -sha256 -binary | base64url; }

enrol() {
  device=$1 code=$2
  [ -f "$folder/key.pem" ] || openssl genpkey -algorithm ed25519 -out "$folder/key.pem"
  public=$(openssl pkey -in "$folder/key.pem" -pubout -outform DER | base64url)
  curl -sS --fail-with-body -X POST "$api/v1/enrolments" \
    -H "Authorization: Bearer $code" -H "Idempotency-Key: enrol-$device" \
    -H 'Content-Type: application/json' \
    -d "{\"device\":\"$device\",\"publicKey\":\"$public\"}" >"$folder/enrolled.json"
  printf '%s' "$device" >"$folder/device"
  sed -n 's/.*"token":"\([^"]*\)".*/\1/p' "$folder/enrolled.json" >"$folder/token"
  echo "enrolled $device"
}

scan() {
  class=$1 lesson=$2 act=$3 record=$4
  device=$(cat "$folder/device")
  line=$folder/$class
  [ -f "$line" ] || printf '1 %043d' 0 | tr 0 A >"$line"
  read -r counter previous <"$line" || true
  salt=$(openssl rand 16 | base64url)
  # Both are canonical JSON (RFC 8785): members in order, no white space.
  presented=$(printf '{"record":"%s","salt":"%s","way":"physical_card"}' "$record" "$salt")
  commitment=$(printf '%s' "$presented" | hash)
  printf '{"$t":"vds1.ed25519","act":"%s","cls":"%s/%s","crd":"%s","ctr":%s,"dev":"%s","ep":1,' \
    "$act" "$class" "$lesson" "$commitment" "$counter" "$device" >"$folder/statement"
  printf '"lb":"","mono":0,"non":"","ph":"%s","t":%s}' "$previous" "${TAPPED_AT:-$(date +%s)000}" \
    >>"$folder/statement"
  signature=$(openssl pkeyutl -sign -inkey "$folder/key.pem" -rawin -in "$folder/statement" |
    base64url)
  this=$(hash <"$folder/statement")
  curl -sS --fail-with-body -X POST "$api/v1/classes/$class/scans" \
    -H "Authorization: Bearer $(cat "$folder/token")" -H "Idempotency-Key: $this" \
    -H 'Content-Type: application/json' \
    -d "{\"presented\":$presented,\"statement\":$(cat "$folder/statement"),\"signature\":\"$signature\"}"
  echo
  # A statement with a receipt has used up its counter; the next one names it.
  printf '%s %s' "$((counter + 1))" "$this" >"$line"
}

shift 3
case $verb in
  enrol) enrol "$@" ;;
  scan) scan "$@" ;;
  *) echo "enrol or scan, not $verb" >&2 && exit 2 ;;
esac
