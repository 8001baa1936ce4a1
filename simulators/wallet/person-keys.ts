/**
 * The keys of one person of the sandbox (decisions §3): P-256 for signing and for sealing, each with a certificate
 * of the simulated authority, and Ed25519 bound by a certificate signature. Made here, shown to the person's page.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { concat, fromHex, hex } from "../../formats/bytes.ts";
import type { RandomBytes } from "../../formats/exchange/index.ts";
import { makeCsr } from "../frame/certificate-request.ts";
import { type KeyPair, newPair, signWith } from "./key-pair.ts";
import type { MemberState } from "./member-desk.ts";

export interface HeldCertificate {
  readonly serial: string;
  /** b64 DER. */
  readonly certDer: string;
  readonly chainDer: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
}

export interface PersonSecrets {
  readonly personId: string;
  readonly name: string;
  readonly organisation?: { readonly creditCode: string; readonly name: string };
  readonly sign: KeyPair;
  readonly seal: KeyPair;
  readonly ed25519: KeyPair;
  readonly certificates: { readonly sign?: HeldCertificate; readonly seal?: HeldCertificate };
  /** By ceremony id. */
  readonly desks: Readonly<Record<string, MemberState>>;
}

export function newPerson(about: Pick<PersonSecrets, "personId" | "name" | "organisation">, random: RandomBytes): PersonSecrets {
  const seed = random(32);
  return {
    ...about,
    sign: newPair(random),
    seal: newPair(random),
    ed25519: { secret: hex(seed), key: hex(ed25519.getPublicKey(seed)) },
    certificates: {},
    desks: {},
  };
}

/** decisions §3: the Ed25519 key is bound by a certificate signature over "egret/v1 key binding\n" ‖ pub. */
export function bindingOf(person: PersonSecrets): string {
  return signWith(person.sign, concat("egret/v1 key binding\n", fromHex(person.ed25519.key)));
}

/** A PKCS#10 request by the holder's own key. */
export async function csrFor(person: PersonSecrets, use: "sign" | "seal"): Promise<string> {
  const jwk = jwkOf(person[use]);
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const { d: _d, ...open } = jwk;
  const privateKey = await crypto.subtle.importKey("jwk", jwk, algorithm, true, ["sign"]);
  const publicKey = await crypto.subtle.importKey("jwk", open, algorithm, true, ["verify"]);
  return makeCsr({ privateKey, publicKey }, person.personId);
}

function jwkOf({ secret, key }: KeyPair): JsonWebKey {
  const point = p256.Point.fromHex(key).toBytes(false);
  const url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  return {
    kty: "EC",
    crv: "P-256",
    x: url(point.slice(1, 33)),
    y: url(point.slice(33)),
    d: url(fromHex(secret)),
  };
}

/** What anybody may know of a person's keys; `certificates` has the shape of an enrolment. */
export function publicPart(person: PersonSecrets) {
  const { sign, seal } = person.certificates;
  const row = (usage: "sign" | "seal", publicKey: string, held: HeldCertificate) => ({
    usage,
    publicKey,
    serial: held.serial,
    certificate: pem(held.certDer),
    notBefore: held.notBefore,
    notAfter: held.notAfter,
  });
  const certificates = [
    ...(sign ? [row("sign", person.sign.key, sign)] : []),
    ...(seal ? [row("seal", person.seal.key, seal)] : []),
    ...(sign
      ? [
          {
            usage: "ed25519" as const,
            publicKey: person.ed25519.key,
            serial: sign.serial,
            certificate: "",
            notBefore: sign.notBefore,
            notAfter: sign.notAfter,
          },
        ]
      : []),
  ];
  const binding = { publicKey: person.ed25519.key, sig: bindingOf(person) };
  return {
    personId: person.personId,
    name: person.name,
    signKey: person.sign.key,
    encKey: person.seal.key,
    ed25519Key: person.ed25519.key,
    binding,
    certificates,
    chain: (sign?.chainDer ?? []).map(pem),
  };
}

/** The keys for the page of the person who was chosen in the role switcher. */
export function secretPart(person: PersonSecrets) {
  const { personId, sign, seal } = person;
  return {
    personId,
    signKey: sign.key,
    signSecret: sign.secret,
    encKey: seal.key,
    encSecret: seal.secret,
    ed25519Key: person.ed25519.key,
    ed25519Secret: person.ed25519.secret,
  };
}

function pem(certDer: string): string {
  return `-----BEGIN CERTIFICATE-----\n${certDer.replaceAll(/.{64}/g, "$&\n").trimEnd()}\n-----END CERTIFICATE-----\n`;
}

export function certificateFrom(body: Record<string, unknown>): HeldCertificate {
  const { serial, certDer, chainDer, notBefore, notAfter } = body as unknown as HeldCertificate;
  return { serial, certDer, chainDer, notBefore, notAfter };
}
