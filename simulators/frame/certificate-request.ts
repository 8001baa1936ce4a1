/**
 * A PKCS#10 request as a holder's own tool makes it: the key is made by the holder and proves its possession.
 * Used by the sandbox wallet and by tests; the authority never sees the private half.
 */
import * as asn1 from "asn1js";
import * as pkijs from "pkijs";
import { base64 } from "../../formats/bytes.ts";
import { type FamilyPair, signStructure } from "./families.ts";

/** @returns b64 DER. */
export async function makeCsr(pair: FamilyPair, commonName: string): Promise<string> {
  const request = new pkijs.CertificationRequest();
  request.version = 0;
  request.subject.typesAndValues = [
    new pkijs.AttributeTypeAndValue({ type: "2.5.4.3", value: new asn1.Utf8String({ value: commonName }) }),
  ];
  request.subjectPublicKeyInfo = pair.publicKey;
  await signStructure(request, pair);
  return base64(new Uint8Array(request.toSchema(true).toBER(false)));
}
