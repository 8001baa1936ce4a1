/**
 * Node's own hashes and ciphers where the verifier runs in Node and that build has them. In a browser, or in a
 * Node built without the national algorithms, the verifier's own code does the same work more slowly.
 */
type Crypto = typeof import("node:crypto");

const crypto: Crypto | undefined = globalThis.process?.getBuiltinModule?.("node:crypto");
const hashes = new Set(crypto?.getHashes() ?? []);
const ciphers = new Set(crypto?.getCiphers() ?? []);

interface NativeHash {
  update(data: Uint8Array): NativeHash;
  digest(): Uint8Array;
}
type NativeCounter = (key: Uint8Array, block: Uint8Array) => { update(data: Uint8Array): Uint8Array };

export function findNative(name: "sha256" | "sm3"): NativeHash | undefined;
export function findNative(name: "sm4-ctr"): NativeCounter | undefined;
export function findNative(name: string): NativeHash | NativeCounter | undefined {
  if (crypto === undefined) return undefined;
  if (name === "sm4-ctr") return ciphers.has(name) ? (key, block) => crypto.createCipheriv(name, key, block) : undefined;
  return hashes.has(name) ? crypto.createHash(name) : undefined;
}

/** AES-256-GCM by Node; `undefined` outside Node. */
export function findNativeGcm(): { open: GcmStep; seal: GcmStep } | undefined {
  return crypto === undefined ? undefined : { open: (box) => gcmOpen(crypto, box), seal: (box) => gcmSeal(crypto, box) };
}

export interface Box {
  key: Uint8Array;
  nonce: Uint8Array;
  aad: Uint8Array;
  data: Uint8Array;
}
type GcmStep = (box: Box) => Uint8Array | undefined;

function gcmOpen({ createDecipheriv }: Crypto, { key, nonce, aad, data }: Box): Uint8Array | undefined {
  if (data.length < 16) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 });
  decipher.setAAD(aad).setAuthTag(data.subarray(data.length - 16));
  const plain = decipher.update(data.subarray(0, data.length - 16));
  try {
    decipher.final();
    return new Uint8Array(plain.buffer, plain.byteOffset, plain.length);
  } catch {
    return undefined;
  }
}

function gcmSeal({ createCipheriv }: Crypto, { key, nonce, aad, data }: Box): Uint8Array {
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 }).setAAD(aad);
  return new Uint8Array(Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]));
}
