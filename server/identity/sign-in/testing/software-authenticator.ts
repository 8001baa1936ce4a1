/** A passkey in software, for tests: real P-256 keys, real CBOR, real signatures; no attestation, as most passkeys today. */

import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest();

export interface AuthenticatorWish {
  origin: string;
  rpId: string;
  /** False: a key that was touched by anybody. */
  userVerified?: boolean;
}

export class SoftwareAuthenticator {
  readonly id = randomBytes(16);
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  readonly #wish: AuthenticatorWish;
  counter = 0;

  constructor(wish: AuthenticatorWish) {
    this.#wish = wish;
  }

  /** Answers `navigator.credentials.create`. */
  register(options: { challenge: string }): RegistrationResponseJSON {
    const authData = Buffer.concat([
      this.#authData(0x40),
      Buffer.alloc(16),
      Buffer.from([0, this.id.length]),
      this.id,
      coseKey(this.#keys.publicKey),
    ]);
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3]),
      text("fmt"),
      text("none"),
      text("attStmt"),
      Buffer.from([0xa0]),
      text("authData"),
      bytes(authData),
    ]);
    return this.#answer({
      clientDataJSON: this.#clientData("webauthn.create", options.challenge),
      attestationObject: attestationObject.toString("base64url"),
      transports: ["internal" as const],
    });
  }

  /** Answers `navigator.credentials.get`. */
  assert(options: { challenge: string }): AuthenticationResponseJSON {
    this.counter++;
    const authenticatorData = this.#authData(0);
    const clientDataJSON = this.#clientData("webauthn.get", options.challenge);
    const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, "base64url"))]);
    const signature = createSign("sha256").update(signed).sign(this.#keys.privateKey);
    return this.#answer({
      clientDataJSON,
      authenticatorData: authenticatorData.toString("base64url"),
      signature: signature.toString("base64url"),
    });
  }

  #answer<Response>(response: Response) {
    const id = this.id.toString("base64url");
    return { id, rawId: id, type: "public-key" as const, response, clientExtensionResults: {} };
  }

  #clientData(type: string, challenge: string): string {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#wish.origin, crossOrigin: false })).toString("base64url");
  }

  #authData(more: number): Buffer {
    const flags = 0x01 | (this.#wish.userVerified === false ? 0 : 0x04) | more;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([sha256(this.#wish.rpId), Buffer.from([flags]), counter]);
  }
}

/** {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} */
function coseKey(key: KeyObject): Buffer {
  const { x, y } = key.export({ format: "jwk" });
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytes(Buffer.from(x ?? "", "base64url")),
    Buffer.from([0x22]),
    bytes(Buffer.from(y ?? "", "base64url")),
  ]);
}

function text(words: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 | words.length]), Buffer.from(words)]);
}

function bytes(data: Uint8Array): Buffer {
  const head =
    data.length < 24 ? [0x40 | data.length] : data.length < 256 ? [0x58, data.length] : [0x59, data.length >> 8, data.length & 255];
  return Buffer.concat([Buffer.from(head), data]);
}
