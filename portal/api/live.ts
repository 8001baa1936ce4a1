/**
 * Live events of a lot by server-sent events, read with `fetch` so that the reader's membership goes along. After a
 * break it resumes by Last-Event-ID. Never the only source of a fact: an event makes the page read again.
 */
import { useEffect, useRef, useState } from "react";
import { openStream } from "./client.ts";
import { type StreamEvent, splitEvents } from "./event-stream.ts";
import { readableLimits } from "./limit-words.ts";
import { noteServerTime } from "./server-clock.ts";

/** State of the line to the server. */
export type Connection = "connecting" | "open" | "lost";

/** One event as it came over the line. */
export type LiveEvent = { readonly type: string; readonly at: string; readonly text: string; readonly id: string };

const againMs = 2_000;

function liveEventOf(event: StreamEvent): LiveEvent | undefined {
  const data = JSON.parse(event.data) as { now?: number; type?: string; at?: string; words?: { zh: string } };
  if (event.name === "time") {
    noteServerTime(Number(data.now));
    return undefined;
  }
  return { type: data.type ?? "", at: data.at ?? "", text: readableLimits(data.words?.zh ?? ""), id: event.id ?? "" };
}

type Listener = { readonly event: (event: LiveEvent) => void; readonly state: (connection: Connection) => void };

/** Where the listener is: what it saw last, and whether there is anything to hear. */
type Ear = { last: string | undefined; isDeaf: boolean };

async function listenOnce(path: string, ear: Ear, listener: Listener, signal: AbortSignal): Promise<void> {
  const response = await openStream(path, ear.last, signal);
  // Absent and forbidden look alike, and neither comes by asking again.
  ear.isDeaf = response.status === 404;
  if (!response.ok || !response.body) return;
  listener.state("open");
  let text = "";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const { events, rest } = splitEvents(text + part.value);
    text = rest;
    for (const event of events) {
      ear.last = event.id ?? ear.last;
      const live = liveEventOf(event);
      if (live) listener.event(live);
    }
  }
}

async function listen({ lotId, after }: LiveLot, listener: Listener, signal: AbortSignal): Promise<void> {
  const ear: Ear = { last: after, isDeaf: false };
  while (!signal.aborted && !ear.isDeaf) {
    try {
      await listenOnce(`/lots/${lotId}/stream`, ear, listener, signal);
    } catch {
      // A break is no fault: the lamp says so and the line is opened again.
    }
    if (signal.aborted) return;
    listener.state("lost");
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

/** A lot to listen to, and the event after which one begins; without it, from the first. */
export type LiveLot = { readonly lotId: string; readonly after: string | undefined };

/** Listens while the component stands; `undefined` listens to nothing. */
export function useLive(lot: LiveLot | undefined, onEvent: (event: LiveEvent) => void): Connection {
  const [connection, setConnection] = useState<Connection>("connecting");
  const handler = useRef(onEvent);
  handler.current = onEvent;
  const start = useRef(lot);
  start.current = lot;
  const lotId = lot?.lotId;
  useEffect(() => {
    if (lotId === undefined || !start.current) return undefined;
    const stop = new AbortController();
    void listen(start.current, { event: (event) => handler.current(event), state: setConnection }, stop.signal);
    return () => stop.abort();
  }, [lotId]);
  return connection;
}
