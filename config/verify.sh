#!/bin/sh
# Verifies a receipt with nothing but a POSIX shell and OpenSSL 3.
# 仅凭 POSIX shell 与 OpenSSL 3 离线验证凭证。
#
#   sh verify.sh FILE.vtr KEYSDIR
#
# FILE.vtr is a receipt record, KEYSDIR a folder of trusted certificates (*.pem): the roots you
# trust and the receipt keys they signed, for instance what GET /v1/keys gave. Nothing else is
# read, and nothing is sent anywhere.
#
# Prints OK and what the receipt says, or "invalid:" and the reason: length, format, suite, key,
# not_canonical (or a member missing or unknown), type, range, sig, act.
# Exit codes: 0 valid, 1 invalid, 2 usage or something missing.
#
# A record is: format 01, suite (01 SM2 with SM3, 02 Ed25519), 8 bytes of key id, 64 bytes of
# signature, and the payload, over which alone the signature is.

set -u
LC_ALL=C
export LC_ALL
umask 077

# SM2's user id. OpenSSL's default is an empty one.
ID=1234567812345678
# The order of SM2's group (GB/T 32918.5).
ORDER=fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123

cannot() {
  printf 'verify.sh: %s\n' "$1" >&2
  exit 2
}

invalid() {
  echo "invalid: $1"
  exit 1
}

hex() {
  od -An -v -tx1 | tr -d ' \n'
}

[ $# -eq 2 ] || cannot 'usage: verify.sh FILE.vtr KEYSDIR'
{ [ -f "$1" ] && [ -r "$1" ]; } || cannot "the file $1 cannot be read"
[ -d "$2" ] || cannot "there is no folder $2"
case $2 in -*) set -- "$1" "./$2" ;; esac
case $(openssl version 2>/dev/null) in
  'OpenSSL '[3-9].* | 'OpenSSL '[1-9][0-9].*) ;;
  *) cannot 'OpenSSL 3 or newer is needed' ;;
esac
openssl dgst -sm3 </dev/null >/dev/null 2>&1 || cannot 'this OpenSSL was built without SM3'

T=$(mktemp -d) || cannot 'no temporary folder can be made'
trap 'rm -rf "$T"' EXIT
trap 'exit 2' HUP INT TERM

# 1. The record's shape. The largest record is of 2122 bytes, so one more byte is enough to detect a longer one.
dd of="$T/record" bs=1 count=2123 <"$1" 2>/dev/null || cannot "the file $1 cannot be read"
length=$(($(wc -c <"$T/record")))
{ [ "$length" -ge 75 ] && [ "$length" -le 2122 ]; } || invalid length
head=$(dd if="$T/record" bs=1 count=74 2>/dev/null | hex)
[ "$(echo "$head" | cut -c1-2)" = 01 ] || invalid format
case $(echo "$head" | cut -c3-4) in
  01) suite='vtr1.sm2' hash=sm3 ;;
  02) suite='vtr1.ed25519' hash=sha256 ;;
  *) invalid suite ;;
esac
kid=$(echo "$head" | cut -c5-20)
signature=$(echo "$head" | cut -c21-148)
tail -c +75 "$T/record" >"$T/payload"

# 2. The certificates, one to a file. Private keys lying there are not opened.
mkdir "$T/certificates"
for file in "$2"/*.pem; do
  case $file in *.key.pem) continue ;; esac
  [ -f "$file" ] && [ -r "$file" ] && cat "$file" && echo
done | tr '\r' '\n' | awk -v folder="$T/certificates" '
  # However an editor saved it: with a byte order mark, other line ends, or blanks around its lines.
  { sub(/^\357\273\277/, ""); gsub(/^[ \t]+|[ \t]+$/, "") }
  $0 == "" { next }
  /^-----BEGIN CERTIFICATE-----/ { name = folder "/" ++count; inside = 1 }
  inside { print > name }
  /^-----END CERTIFICATE-----/ { inside = 0; close(name) }'
: >"$T/roots"
for file in "$T/certificates"/*; do
  [ -f "$file" ] || cannot "there are no certificates in $2"
  names=$(openssl x509 -in "$file" -noout -subject -issuer 2>/dev/null) || cannot "a certificate in $2 cannot be read"
  subject=$(printf '%s\n' "$names" | sed -n 's/^subject=//p')
  issuer=$(printf '%s\n' "$names" | sed -n 's/^issuer=//p')
  # A root signs itself and may sign others; only its word makes a receipt key trusted.
  if [ "$subject" = "$issuer" ]; then
    cat "$file" >>"$T/roots"
    continue
  fi
  openssl x509 -in "$file" -pubkey -noout 2>/dev/null >"$T/key.pem" || continue
  id=$(sed '/^-----/d' "$T/key.pem" | openssl base64 -d | openssl dgst "-$hash" -r | cut -c1-16)
  if [ "$id" = "$kid" ]; then
    mv "$T/key.pem" "$T/public"
    cat "$file" >"$file.match"
  fi
done
[ -f "$T/public" ] || invalid key
algorithm=$(openssl pkey -pubin -in "$T/public" -noout -text 2>/dev/null)
case $suite/$algorithm in
  vtr1.sm2/*SM2*) ;;
  vtr1.ed25519/ED25519*) ;;
  *) invalid key ;;
esac

# 3. The payload: members in their one order, each of its kind, and no other, in their one spelling.
string='"([^"\\]|\\["\\bfnrt]|\\u00[01][0-9a-f])+"'
number='(0|[1-9][0-9]{0,15})'
device="\"dev\":$string,\"dh\":$string,\"dsq\":$number,"
{ [ "$(($(tr -d '\000-\037' <"$T/payload" | wc -c)))" -eq $((length - 74)) ] &&
  grep -E -q "^\\{\"\\\$t\":$string,\"act\":$string,\"cls\":$string,($device)?\"iat\":$number,\"id\":$string,\"iss\":$string,\"ph\":$string,\"sq\":[1-9][0-9]{0,15},\"sub\":$string,\"tap\":$number(,\"vch\":$string)?\\}\$" "$T/payload"; } || invalid not_canonical
case $(cat "$T/payload") in
  "{\"\$t\":\"$suite\","*) ;;
  *) invalid type ;;
esac

# 4. The chain, at the moment of issue (iat is in milliseconds, OpenSSL wants seconds).
milliseconds=$(sed 's/^.*,"iat":\([0-9]*\),"id":.*$/\1/' "$T/payload")
seconds=${milliseconds%???}
chain() {
  openssl verify -no-CApath -no-CAstore -CAfile "$T/roots" -attime "${seconds:-0}" "$@" >/dev/null 2>&1
}
trusted=no
for file in "$T/certificates"/*.match; do
  # A root of SM2 needs the user id, and one of Ed25519 fails on it.
  if chain -vfyopt "distid:$ID" "$file" || chain "$file"; then
    trusted=yes
  fi
done
[ $trusted = yes ] || invalid key

# 5. The signature over the payload.
if [ $hash = sm3 ]; then
  r=$(echo "$signature" | cut -c1-64)
  s=$(echo "$signature" | cut -c65-128)
  # Of equal length, so the order of the digits is the order of the numbers.
  awk -v r="x$r" -v s="x$s" -v n="x$ORDER" -v zero="x$(echo "$ORDER" | sed 's/./0/g')" \
    'BEGIN { exit !(r > zero && s > zero && r < n && s < n) }' || invalid range
  printf 'asn1=SEQUENCE:signature\n[signature]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' "$r" "$s" >"$T/der.conf"
  openssl asn1parse -genconf "$T/der.conf" -noout -out "$T/signature" >/dev/null 2>&1 || cannot 'OpenSSL cannot write DER'
  openssl pkeyutl -verify -pubin -inkey "$T/public" -rawin -digest sm3 -pkeyopt "distid:$ID" \
    -in "$T/payload" -sigfile "$T/signature" >/dev/null 2>&1 || invalid sig
else
  dd if="$T/record" of="$T/signature" bs=1 skip=10 count=64 2>/dev/null
  openssl pkeyutl -verify -pubin -inkey "$T/public" -rawin \
    -in "$T/payload" -sigfile "$T/signature" >/dev/null 2>&1 || invalid sig
fi

# 6. What it attests.
act=$(sed 's/^[^,]*,"act":"\([^"]*\)",.*$/\1/' "$T/payload")
case $act in
  in | out | check | redeem | void) ;;
  *) invalid act ;;
esac

echo "OK $suite $kid"
cat "$T/payload"
echo
