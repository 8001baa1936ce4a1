/**
 * The real server process under a list of deaths: each life is armed with the next place of the list, and
 * when the process has killed itself there, it is started again at the same address.
 */
import { constants } from "node:os";
import { ServerEnded, type ServerProcess, startServer } from "../sandbox/server-process.ts";

const killed = 128 + constants.signals.SIGKILL;

export class MortalServer {
  /** Places at which it died, in order. */
  readonly deaths: string[] = [];
  readonly #environment: NodeJS.ProcessEnv;
  readonly #places: string[];
  /** Done after each death, before anybody's request is repeated. */
  readonly #afterDeath: (place: string) => Promise<void>;
  #server: ServerProcess | undefined;
  #life: Promise<void> = Promise.resolve();
  #ending = false;

  constructor(environment: NodeJS.ProcessEnv, places: readonly string[], afterDeath: (place: string) => Promise<void>) {
    this.#environment = environment;
    this.#places = [...places];
    this.#afterDeath = afterDeath;
  }

  /** The place that the present life waits for; undefined when all deaths have been died. */
  get waitingFor(): string | undefined {
    return this.#places[0];
  }

  get server(): ServerProcess {
    if (!this.#server) throw new Error("the server has not been started");
    return this.#server;
  }

  start(): Promise<void> {
    this.#life = this.#live();
    return this.#life;
  }

  /** Resolves when the process that died has a successor. */
  async back(): Promise<void> {
    // The client may see the broken line before we see the end of the process.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await this.#life;
  }

  async stop(): Promise<void> {
    this.#ending = true;
    await this.#life.catch(() => undefined);
    await this.#server?.stop();
  }

  async #live(): Promise<void> {
    for (;;) {
      const [place] = this.#places;
      try {
        const server = await startServer({ ...this.#environment, ...(place === undefined ? {} : { EGRET_CRASH_AT: place }) });
        this.#server = server;
        void server.ended.then((code) => this.#ended(code));
        return;
      } catch (error) {
        // It died while it started: at a migration, say.
        if (!(error instanceof ServerEnded) || error.code !== killed) throw error;
        await this.#died();
      }
    }
  }

  #ended(code: number): void {
    if (this.#ending) return;
    this.#life =
      code === killed
        ? this.#died().then(() => this.#live())
        : Promise.reject(new Error(`the server ended with ${code}, and nobody killed it`));
    this.#life.catch(() => undefined);
  }

  async #died(): Promise<void> {
    const place = this.#places.shift();
    if (place === undefined) throw new Error("the server was killed, but not by us");
    this.deaths.push(place);
    await this.#afterDeath(place);
  }
}
