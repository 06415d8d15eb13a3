#!/bin/sh
# The whole way over the API with curl alone, from an empty gateway to a receipt verified offline:
# institution, site, device, class, roster, voucher, timetable, opening, scan.
#
#   ./vgw start-dev                       # in another terminal
#   sh config/sample/first-receipt.sh [API [TOKENS [FOLDER]]]
#
# TOKENS is the file of tokens that start-dev writes; FOLDER keeps the device, the receipt and the
# certificates. Exit code 0: the receipt was verified twice, by ./vgw verify and by OpenSSL.
set -eu
API=${1:-http://127.0.0.1:8080}
top=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd)
tokens=${2:-$top/.vgw/tokens.json}
folder=${3:-$top/.vgw/first-receipt}
sample=$top/config/sample
SCHOOL=52990101MA00XY0180
run=$(openssl rand -hex 6)
mkdir -p "$folder/keys"

token() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" "$tokens"; }
member() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }
say() { printf '%s\n' "$*" >&2; }

# post ROLE PATH BODY [CONTENT-TYPE]: prints the answer; a refusal is printed and ends the script.
post() {
  say "POST $2"
  key=$(printf '%s %s %s' "$run" "$2" "$3" | openssl dgst -sha256 -r | cut -c1-32)
  curl -sS --fail-with-body -X POST "$API$2" -H "Authorization: Bearer $(token "$1")" \
    -H "Idempotency-Key: $key" -H "Content-Type: ${4:-application/json}" --data-binary "$3" ||
    { echo >&2 && exit 1; }
}

# The time of a number of seconds since 1970, in UTC.
time_of() {
  day=$(($1 / 86400 + 719468)) second=$(($1 % 86400))
  era=$((day / 146097)) of_era=$((day % 146097))
  year=$(((of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365))
  of_year=$((of_era - (365 * year + year / 4 - year / 100)))
  month=$(((5 * of_year + 2) / 153))
  printf '%04d-%02d-%02dT%02d:%02d:%02dZ' \
    $((year + era * 400 + (month > 9))) $((month < 10 ? month + 3 : month - 9)) \
    $((of_year - (153 * month + 2) / 5 + 1)) \
    $((second / 3600)) $((second / 60 % 60)) $((second % 60))
}

# The bureau admits the institution, which puts a site on file and invites a device.
post issuing_authority /v1/institutions "{\"creditCode\":\"$SCHOOL\",\"region\":\"990000\",
  \"name\":\"滨河职业培训学校\",\"qualification\":\"民办学校办学许可证\",\"edition\":$(date +%Y)}" >/dev/null
post institution /v1/institutions/$SCHOOL/sites '{"siteId":"S1","name":"实训中心","address":"滨河路12号",
  "rooms":[{"roomId":"R201","name":"201"}]}' >/dev/null
invited=$(post institution /v1/institutions/$SCHOOL/devices "{\"siteId\":\"S1\",\"roomId\":\"R201\",\"name\":\"door $run\"}")
device=$(printf '%s' "$invited" | member device)
sh "$sample/device.sh" "$folder/$device" enrol "$API" "$device" "$(printf '%s' "$invited" | member enrolmentCode)" >&2

# The institution files a class (备案), the bureau approves it, and the roster is imported.
class=$(post institution /v1/classes "$(cat "$sample/filing.json")" | member classId)
post issuing_authority "/v1/classes/$class/approval" '{"decision":"approved"}' >/dev/null
post institution "/v1/classes/$class/roster" "@$sample/roster.csv" 'text/csv; charset=gb18030' |
  sed 's/.*"enrolled":\([0-9]*\).*/  \1 people enrolled/' >&2

# A voucher is issued to one of them, claimed, and bound to the class.
person='{"idType":"citizen_id","number":"990181197808160424"'
voucher=$(post issuing_authority /v1/vouchers "{\"region\":\"990000\",\"occupation\":\"4-10-01-05\",\"level\":5,
  \"expiresAt\":\"$(time_of $(($(date +%s) + 2592000)))\",\"people\":[$person,\"name\":\"王秀英\"}]}" | member voucherId)
post card_platform "/v1/vouchers/$voucher/claim" "{\"person\":$person}}" >/dev/null
post card_platform "/v1/vouchers/$voucher/binding" "{\"classId\":\"$class\"}" >/dev/null

# A lesson that begins in ten minutes: signing in is possible half an hour before. Then the class opens.
now=$(date +%s)
post institution "/v1/classes/$class/timetable" "{\"lessons\":[{\"lessonId\":\"L1\",\"title\":\"安全护理\",\"kind\":\"theory\",
  \"startsAt\":\"$(time_of $((now + 600)))\",\"endsAt\":\"$(time_of $((now + 4200)))\"}]}" >/dev/null
post institution "/v1/classes/$class/opening" '{}' >/dev/null

# The class learns of the voucher a moment later.
tries=0
until curl -sS "$API/v1/classes/$class" -H "Authorization: Bearer $(token institution)" | grep -q '"vouchersBound":1'; do
  tries=$((tries + 1))
  [ "$tries" -lt 30 ] || { say 'the class does not learn of the voucher' && exit 1; }
  sleep 1
done

# The device signs a scan of what its card reader read.
say "scan of a card"
receipt=$(sh "$sample/device.sh" "$folder/$device" scan "$API" "$class" L1 in \
  '990100|990181197808160424|990000001|990100D1560000050000000000000001|王秀英|||||||') ||
  { printf '%s\n' "$receipt" && exit 1; }
printf '%s\n' "$receipt"

# An auditor fetches the receipt and the certificates, and verifies them without the gateway.
id=$(printf '%s' "$receipt" | member id)
curl -sS --fail "$API/v1/receipts/$id" -H "Authorization: Bearer $(token auditor)" \
  -H 'Accept: application/octet-stream' -o "$folder/receipt.vtr"
curl -sS --fail "$API/v1/keys" -o "$folder/keys/keys.pem"
"${VGW:-$top/vgw}" verify "$folder/receipt.vtr" --keys "$folder/keys"
sh "$top/config/verify.sh" "$folder/receipt.vtr" "$folder/keys"
