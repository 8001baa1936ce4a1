/**
 * The platform's side of the key keeper process. It holds no key: what it gets it hands on and forgets.
 * A refusal of the keeper (not yet, not yours) is thrown as `KeeperRefused`; no answer is a fault.
 */
import { base64, fromBase64, fromHex } from "../../../formats/bytes.ts";
import type { DeadlineStatement, KeyKeeper } from "../transaction/index.ts";

export class KeeperRefused extends Error {}

export class KeyKeeperClient implements KeyKeeper {
  readonly #url: string;
  readonly #token: string;

  /** @param token content of the file `token` in the keeper's folder. */
  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async createLot(lotId: string): Promise<string> {
    return (await this.#post<{ headerPublicKey: string }>(`lots/${lotId}/keys`, {})).headerPublicKey;
  }

  async tagOf(lotId: string, organisation: string): Promise<{ tag: string; partyId: string }> {
    return this.#post(`lots/${lotId}/tags`, { organisation });
  }

  async openOwn(lotId: string, organisation: string, ciphertexts: readonly Uint8Array[]): Promise<Uint8Array[]> {
    const { plaintexts } = await this.#post<{ plaintexts: string[] }>(`lots/${lotId}/own`, {
      organisation,
      ciphertexts: ciphertexts.map(base64),
    });
    return plaintexts.map(fromBase64);
  }

  async openLot({ lotId, deadline, position, sig }: DeadlineStatement): Promise<Uint8Array> {
    return fromHex((await this.#post<{ headerSecret: string }>(`lots/${lotId}/open`, { deadline, position, sig })).headerSecret);
  }

  /** Sandbox only: tells the keeper the trade time. */
  async followClock(push: { anchorReal: string; anchorVirtual: string; tempo: number }): Promise<void> {
    await this.#post("clock", push);
  }

  async #post<T>(path: string, body: object): Promise<T> {
    const answer = await fetch(`${this.#url}/${path}`, {
      method: "POST",
      headers: { "keeper-token": this.#token, "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(10_000),
    });
    const value = (await answer.json()) as T & { refused?: string };
    if (answer.status === 409) throw new KeeperRefused(value.refused);
    if (!answer.ok) throw new Error(`the key keeper answered ${answer.status}: ${value.refused}`);
    return value;
  }
}
