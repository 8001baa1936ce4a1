/** A person of a story: acts over HTTP with signed commands, as the portal does, and reads as one of its memberships. */
import type { SignatureFamily } from "../../formats/act-signature.ts";
import { signCommandWith, softwareSigner } from "../../formats/act-signers.ts";
import { type NonceWish, needsStepUp } from "../../formats/step-up.ts";

export interface PersonKeys {
  personId: string;
  family: SignatureFamily;
  signKey: string;
  signSecret: string;
  encKey: string;
  encSecret: string;
  /** Of suite 2. */
  nationalEncKey: string;
  nationalEncSecret: string;
  ed25519Key: string;
  ed25519Secret: string;
}

export interface PersonPlace {
  baseUrl: string;
  token: string;
  membershipId: string;
  organisationId: string;
  role: string;
  keys: PersonKeys;
  /** Makes command ids; on a seed in a story. */
  newCommandId: () => string;
  /** Awaited after every act, so that what it set off has happened before the story goes on. */
  settle: () => Promise<void>;
  /** How requests go out; a patient sender repeats those whose answer is unknown. */
  send: typeof fetch;
}

/** What the platform answers: of many shapes; a chapter reads the fields of what it asked for. */
// biome-ignore lint/suspicious/noExplicitAny: the answers of some ninety acts and forty reads.
export type Told = any;

export interface ActAnswer {
  status: number;
  body: Told;
}

/** An act that should have been accepted was not: the story stops here and never goes round a rule. */
export class StoryStopped extends Error {
  readonly problem: Told;
  constructor(act: string, problem: Told) {
    super(`${act}: ${problem?.code ?? "no answer"} ${problem?.detail ?? ""} ${JSON.stringify(problem?.data ?? {})}`);
    this.problem = problem;
  }
}

export class StoryPerson {
  readonly #place: PersonPlace;

  constructor(place: PersonPlace) {
    this.#place = place;
  }

  get personId(): string {
    return this.#place.keys.personId;
  }
  get organisationId(): string {
    return this.#place.organisationId;
  }
  get membershipId(): string {
    return this.#place.membershipId;
  }
  get token(): string {
    return this.#place.token;
  }
  get keys(): PersonKeys {
    return this.#place.keys;
  }

  async act(act: string, lotId: string | null, data: unknown): Promise<ActAnswer> {
    const { keys, membershipId, newCommandId, settle } = this.#place;
    const proof = needsStepUp(act) ? { nonce: await this.#nonceFor({ act, membership: membershipId, lotId }) } : {};
    const command = await signCommandWith(
      { v: 1, act, commandId: newCommandId(), membership: membershipId, lotId, data, ...proof },
      softwareSigner({ family: keys.family, secret: keys.signSecret }, this.#place.baseUrl),
    );
    const answer = await this.#fetch("POST", `/acts/${act}`, {
      body: JSON.stringify(command),
      headers: { "content-type": "application/json", "idempotency-key": command.commandId },
    });
    const body = await answer.json();
    await settle();
    return { status: answer.status, body };
  }

  /** @returns the result of an act that must succeed. @throws StoryStopped with the refusal otherwise. */
  async done(act: string, lotId: string | null, data: unknown = {}): Promise<Told> {
    const { status, body } = await this.act(act, lotId, data);
    if (status !== 200) throw new StoryStopped(act, body);
    return body.result;
  }

  /** An act that must be refused with this code. @returns the problem. */
  async refused(act: string, lotId: string | null, data: unknown, code: string): Promise<Told> {
    const { status, body } = await this.act(act, lotId, data);
    if (status === 200 || body.code !== code) throw new StoryStopped(`${act} should be refused with ${code}`, body);
    return body;
  }

  async get(path: string): Promise<Told> {
    const answer = await this.#fetch("GET", path, {});
    const body = await answer.json();
    if (!answer.ok) throw new StoryStopped(`GET ${path}`, body);
    return body;
  }

  /** Stores a public document under its digest. */
  async putFile(sha256: string, bytes: Uint8Array): Promise<void> {
    await this.#put(`/files/${sha256}`, bytes);
  }

  /** Uploads one encrypted piece of a sealed bid under a random name. */
  async putChunk(name: string, bytes: Uint8Array): Promise<void> {
    await this.#put(`/chunks/${name}`, bytes);
  }

  /** A fresh proof for an act that needs one. */
  async #nonceFor(wish: NonceWish): Promise<string> {
    const answer = await this.#fetch("POST", "/acts/nonces", {
      body: JSON.stringify(wish),
      headers: { "content-type": "application/json" },
    });
    const { nonce, ...problem } = (await answer.json()) as { nonce?: string };
    if (nonce === undefined) throw new StoryStopped(`a nonce for ${wish.act}`, problem);
    return nonce;
  }

  async #put(path: string, bytes: Uint8Array): Promise<void> {
    const answer = await this.#fetch("PUT", path, {
      body: bytes as Uint8Array<ArrayBuffer>,
      headers: { "content-type": "application/octet-stream" },
    });
    if (!answer.ok) throw new StoryStopped(`PUT ${path}`, await answer.json());
    await answer.arrayBuffer();
  }

  #fetch(
    method: string,
    path: string,
    init: { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> },
  ): Promise<Response> {
    const { baseUrl, token, membershipId, send } = this.#place;
    return send(`${baseUrl}/api/v1${path}`, {
      method,
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${token}`, "egret-membership": membershipId },
    });
  }
}
