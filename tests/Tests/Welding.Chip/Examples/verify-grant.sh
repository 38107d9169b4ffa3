#!/bin/sh
# Verifies the signature of a grant with openssl alone.  usage: verify-grant.sh grant.json server-public.pem
set -eu
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

# 1. The token: base64url to bytes.
cose=$(sed -n 's/.*"cose":"\([^"]*\)".*/\1/p' "$1" | tr '_-' '/+')
while [ $((${#cose} % 4)) -ne 0 ]; do cose="$cose="; done
printf '%s' "$cose" | base64 -d >"$work/cose"

# 2. Its parts: d2 84 | protected header (14 bytes: 4d + 13) | a0 | payload with its length | 58 40 + 64 bytes of signature.
tail -c +3 "$work/cose" | head -c 14 >"$work/protected"
tail -c +18 "$work/cose" | head -c -66 >"$work/payload"

# 3. Sig_structure = [ "Signature1", protected, h'', payload ].
{ printf '\204\152Signature1'; cat "$work/protected"; printf '\100'; cat "$work/payload"; } >"$work/signed"

# 4. The signature: r and s of 32 bytes each, as the DER sequence that openssl expects.
hex() { od -An -v -tx1 | tr -d ' \n'; }
r=$(tail -c 64 "$work/cose" | head -c 32 | hex)
s=$(tail -c 32 "$work/cose" | hex)
printf 'asn1=SEQUENCE:signature\n[signature]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' "$r" "$s" >"$work/signature.cnf"
openssl asn1parse -genconf "$work/signature.cnf" -noout -out "$work/signature.der"

# 5. Verified OK, or Verification failure and exit status 1.
openssl dgst -sha256 -verify "$2" -signature "$work/signature.der" "$work/signed"
