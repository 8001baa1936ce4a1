/**
 * Live updates: one topic, many listeners, a dense sequence per topic. Each message is serialised
 * once. A listener that comes back says the last id it saw and gets what it missed; a slow one is
 * closed and resumes by id. The hub knows no word of the trade.
 */
export interface LiveMessage {
  id: number;
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

  publish(topic: string, body: object): void {
    const place = this.#topic(topic);
    place.last += 1;
    const message: LiveMessage = { id: place.last, text: `id: ${place.last}\ndata: ${JSON.stringify(body)}\n\n` };
    place.kept.push(message);
    if (place.kept.length > keptMessages) place.kept.shift();
    for (const listener of place.listeners) if (!listener.send(message)) this.#drop(place, listener);
  }

  /** Listens from after `lastId`; what was missed is sent at once. @returns a function that ends it. */
  listen(topic: string, listener: Listener, lastId = 0): () => void {
    const place = this.#topic(topic);
    for (const message of place.kept) {
      if (message.id > lastId && !listener.send(message)) return () => undefined;
    }
    place.listeners.add(listener);
    return () => place.listeners.delete(listener);
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
