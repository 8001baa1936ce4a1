/**
 * Live updates: one topic, many listeners, a dense sequence per topic. Each message is serialised
 * once. A listener that comes back says the last id it saw and gets what it missed; a slow one is
 * closed and resumes by id. The hub knows no word of the trade.
 *
 * An id is `run.number`: numbers begin anew with each run of the server, so that an id of an earlier run is
 * answered with everything that is kept, never with silence. A hub whose topics have numbers that outlive the run
 * names no run but says so.
 */
export interface LiveMessage {
  number: number;
  text: string;
}

export interface Listener {
  /** @returns false when the listener cannot take more: it is dropped and resumes by id. */
  send(message: LiveMessage): boolean;
  close(): void;
}

interface Topic {
  last: number;
  kept: LiveMessage[];
  listeners: Set<Listener>;
}

const keptMessages = 2000;

export class LiveHub {
  readonly #topics = new Map<string, Topic>();
  readonly #run: string;

  /** @param run names this run of the server; letters and digits. */
  constructor(run: string) {
    this.#run = run;
  }

  /** @param number where the topic has a sequence that outlives this run; one that was told before is not told again. */
  publish(topic: string, body: object, number?: number): void {
    const place = this.#topic(topic);
    if (number !== undefined && number <= place.last) return;
    place.last = number ?? place.last + 1;
    const message: LiveMessage = { number: place.last, text: this.textOf(place.last, body) };
    place.kept.push(message);
    if (place.kept.length > keptMessages) place.kept.shift();
    for (const listener of place.listeners) if (!listener.send(message)) this.#drop(place, listener);
  }

  /** A message as it goes over the line. */
  textOf(number: number, body: object): string {
    return `id: ${this.#run}.${number}\ndata: ${JSON.stringify(body)}\n\n`;
  }

  /** Listens from after `lastId`; what was missed is sent at once. @returns a function that ends it. */
  listen(topic: string, listener: Listener, lastId = ""): () => void {
    const place = this.#topic(topic);
    const [run, number] = lastId.split(".");
    const last = run === this.#run ? Number(number) || 0 : 0;
    for (const message of place.kept) {
      if (message.number > last && !listener.send(message)) return () => undefined;
    }
    place.listeners.add(listener);
    return () => place.listeners.delete(listener);
  }

  /** Id of the newest message of a topic; number 0 before the first. */
  lastOf(topic: string): string {
    return `${this.#run}.${this.#topics.get(topic)?.last ?? 0}`;
  }

  closeAll(): void {
    for (const place of this.#topics.values()) for (const listener of place.listeners) this.#drop(place, listener);
  }

  #drop(place: Topic, listener: Listener): void {
    place.listeners.delete(listener);
    listener.close();
  }

  #topic(name: string): Topic {
    const known = this.#topics.get(name);
    if (known) return known;
    const fresh: Topic = { last: 0, kept: [], listeners: new Set() };
    this.#topics.set(name, fresh);
    return fresh;
  }
}
