/**
 * A client that lives through crashes of the platform: a request whose answer is unknown is sent again, the
 * same bytes under the same command id, until it is answered (reliability §5.4). It remembers what the
 * platform acknowledged, because that is what must never be lost (invariants I03, I04).
 */

/** What was asked and what was answered, so that the same question can be put again. */
export interface Acknowledged {
  commandId: string;
  status: number;
  text: string;
  ask(): Promise<Response>;
}

export class ClientMemory {
  /** Every act that was answered, refused ones too, in order. */
  readonly acknowledged: Acknowledged[] = [];
  /** The last answer to each read. */
  readonly shown = new Map<string, unknown>();
  /** How many requests had to be sent again. */
  repeated = 0;
  readonly #serverIsBack: () => Promise<void>;

  /** @param serverIsBack resolves when the platform answers again. */
  constructor(serverIsBack: () => Promise<void>) {
    this.#serverIsBack = serverIsBack;
  }

  readonly send: typeof fetch = async (address, init) => {
    const ask = () => fetch(address, init);
    const answer = await this.#untilAnswered(ask);
    const commandId = new Headers(init?.headers).get("idempotency-key");
    if (commandId === null) return this.#remembered(String(address), init?.method, answer);
    const text = await answer.text();
    this.acknowledged.push({ commandId, status: answer.status, text, ask });
    return new Response(text, { status: answer.status, headers: answer.headers });
  };

  /** Puts earlier questions again. @returns those whose answer is not the first one, byte by byte. */
  async contradictions(newest: number): Promise<string[]> {
    const found: string[] = [];
    for (const { commandId, status, text, ask } of this.acknowledged.slice(-newest)) {
      const again = await this.#untilAnswered(ask);
      const said = await again.text();
      if (again.status !== status || said !== text)
        found.push(`${commandId}: first ${status} ${text.trimEnd()}, then ${again.status} ${said.trimEnd()}`);
    }
    return found;
  }

  async #remembered(address: string, method: string | undefined, answer: Response): Promise<Response> {
    if (method === "GET" && answer.ok && answer.headers.get("content-type")?.startsWith("application/json")) {
      this.shown.set(new URL(address).pathname.replace("/api/v1", ""), await answer.clone().json());
    }
    return answer;
  }

  async #untilAnswered(ask: () => Promise<Response>): Promise<Response> {
    for (;;) {
      try {
        const answer = await ask();
        // The body may break off as well: an answer is known when all of it is here.
        const bytes = await answer.arrayBuffer();
        return new Response(answer.status === 204 ? null : bytes, { status: answer.status, headers: answer.headers });
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        this.repeated += 1;
        await this.#serverIsBack();
      }
    }
  }
}
