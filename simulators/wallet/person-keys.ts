/**
 * The keys of one person of the sandbox (decisions §3, §7): one for signing in the person's family, one for sealing on
 * each suite's curve, and Ed25519 bound by a certificate signature. Made here, shown to the person's page.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import * as pkijs from "pkijs";
import type { SignatureFamily } from "../../formats/act-signature.ts";
import { type ActSigner, softwareSigner } from "../../formats/act-signers.ts";
import { concat, fromBase64, fromHex, hex } from "../../formats/bytes.ts";
import type { RandomBytes } from "../../formats/exchange/index.ts";
import { sha256 } from "../../formats/jcs.ts";
import { makeCsr } from "../frame/certificate-request.ts";
import { type FamilyPair, sm2Info } from "../frame/families.ts";
import { type KeyPair, nationalPair, newPair, newSignPair } from "./key-pair.ts";
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
  /** P-256 when it is not named. */
  readonly family?: SignatureFamily;
  readonly sign: KeyPair;
  /** On P-256. The pair on the curve of suite 2 follows from it. */
  readonly seal: KeyPair;
  readonly ed25519: KeyPair;
  readonly certificates: { readonly sign?: HeldCertificate; readonly seal?: HeldCertificate };
  /** By ceremony id. */
  readonly desks: Readonly<Record<string, MemberState>>;
}

export type AboutPerson = Pick<PersonSecrets, "personId" | "name" | "organisation" | "family">;

export function newPerson(about: AboutPerson, random: RandomBytes): PersonSecrets {
  const seed = random(32);
  return {
    ...about,
    sign: newSignPair(about.family ?? "p256", random),
    seal: newPair(random),
    ed25519: { secret: hex(seed), key: hex(ed25519.getPublicKey(seed)) },
    certificates: {},
    desks: {},
  };
}

/** The sealing pair on the curve of suite 2: it follows from the other one, so that nothing more has to be kept. */
export function nationalSealPair({ seal }: PersonSecrets): KeyPair {
  let counter = 0;
  return nationalPair(() => sha256(`sandbox wallet, sealing key of suite 2\n${seal.secret}\n${counter++}`));
}

/** The pair that the sealing certificate names: on the curve of the person's own family. */
export function certifiedSealPair(person: PersonSecrets): KeyPair {
  return person.family === "sm2" ? nationalSealPair(person) : person.seal;
}

/** What a passkey is registered under; it has no certificate, so the authority is not asked. */
const credentialOf = ({ personId }: PersonSecrets): string =>
  Buffer.from(sha256(`passkey of ${personId}`))
    .subarray(0, 16)
    .toString("base64url");

/** @param origin of the page, for a passkey. */
export function signerOf({ family = "p256", sign }: PersonSecrets, origin: string): ActSigner {
  return softwareSigner({ family, secret: sign.secret }, origin);
}

/** A PKCS#10 request by the holder's own key. */
export async function csrFor(person: PersonSecrets, use: "sign" | "seal"): Promise<string> {
  return makeCsr(await familyPairOf(person, use), person.personId);
}

async function familyPairOf(person: PersonSecrets, use: "sign" | "seal"): Promise<FamilyPair> {
  const family = profileFamily(person, use);
  const { secret } = use === "sign" ? person.sign : certifiedSealPair(person);
  if (family === "sm2") return { family, secret, publicKey: sm2Info(BigInt(`0x${secret}`)) };
  const pkcs8 = family === "rsa" ? secret : pkcs8Of(secret);
  const algorithm = family === "rsa" ? { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } : { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("pkcs8", fromBase64(pkcs8), algorithm, true, ["sign"]);
  const { kty, n, e, crv, x, y } = await crypto.subtle.exportKey("jwk", key);
  const open = family === "rsa" ? { kty, n, e } : { kty, crv, x, y };
  const publicKey = new pkijs.PublicKeyInfo();
  await publicKey.importKey(await crypto.subtle.importKey("jwk", open as JsonWebKey, algorithm, true, ["verify"]));
  return { family, secret: pkcs8, publicKey };
}

/** PKCS#8 of a P-256 scalar (RFC 5915 without the public point, which WebCrypto computes). */
function pkcs8Of(secret: string): string {
  const head = fromHex("3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420");
  return Buffer.from(concat(head, fromHex(secret))).toString("base64");
}

/** In which family the authority certifies a key of this person; an RSA holder seals on P-256. */
export function profileFamily({ family = "p256" }: PersonSecrets, use: "sign" | "seal"): "p256" | "sm2" | "rsa" {
  return family === "sm2" || (family === "rsa" && use === "sign") ? family : "p256";
}

/** decisions §3: the Ed25519 key is bound by a certificate signature over "egret/v1 key binding\n" ‖ pub; a passkey signs on pages only. */
async function bindingOf(person: PersonSecrets) {
  if (person.family === "passkey") return null;
  const { key: publicKey } = person.ed25519;
  return { publicKey, sig: await signerOf(person, "").sign(concat("egret/v1 key binding\n", fromHex(publicKey))) };
}

/** What anybody may know of a person's keys; `certificates` has the shape of an enrolment. */
export async function publicPart(person: PersonSecrets) {
  const { sign, seal } = person.certificates;
  return {
    personId: person.personId,
    name: person.name,
    family: person.family ?? "p256",
    signKey: person.sign.key,
    encKey: person.seal.key,
    ed25519Key: person.ed25519.key,
    binding: await bindingOf(person),
    certificates: person.family === "passkey" ? passkeyRows(person) : certificateRows(person, sign, seal),
    chain: (sign?.chainDer ?? []).map(pem),
  };
}

function certificateRows(person: PersonSecrets, sign?: HeldCertificate, seal?: HeldCertificate) {
  const row = (usage: "sign" | "seal", { key }: KeyPair, held: HeldCertificate) => {
    const family = profileFamily(person, usage);
    return { usage, ...(family === "p256" ? {} : { family }), publicKey: key, certificate: pem(held.certDer), ...termOf(held) };
  };
  return [
    ...(sign ? [row("sign", person.sign, sign)] : []),
    ...(seal ? [row("seal", certifiedSealPair(person), seal)] : []),
    ...(sign ? [{ usage: "ed25519" as const, publicKey: person.ed25519.key, certificate: "", ...termOf(sign) }] : []),
  ];
}

const termOf = ({ serial, notBefore, notAfter }: HeldCertificate) => ({ serial, notBefore, notAfter });

/** A passkey stays until it is taken away; the day by which the registrar looks at it again is in its row. */
function passkeyRows(person: PersonSecrets) {
  const term = {
    serial: credentialOf(person),
    certificate: "",
    notBefore: "2020-01-01T00:00:00.000Z",
    notAfter: "2029-12-31T00:00:00.000Z",
  };
  return [
    { usage: "sign" as const, family: "passkey" as const, publicKey: person.sign.key, ...term },
    { usage: "ed25519" as const, publicKey: person.ed25519.key, ...term },
  ];
}

/** The keys for the page of the person who was chosen in the role switcher. */
export function secretPart(person: PersonSecrets) {
  const { personId, sign, seal, family = "p256" } = person;
  const national = nationalSealPair(person);
  return {
    personId,
    family,
    signKey: sign.key,
    signSecret: sign.secret,
    encKey: seal.key,
    encSecret: seal.secret,
    nationalEncKey: national.key,
    nationalEncSecret: national.secret,
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
