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

async function listenOnce(path: string, from: string | undefined, listener: Listener, signal: AbortSignal): Promise<string | undefined> {
  const response = await openStream(path, from, signal);
  if (!response.ok || !response.body) throw new Error(`stream ${response.status}`);
  listener.state("open");
  let [last, text] = [from, ""];
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const { events, rest } = splitEvents(text + part.value);
    text = rest;
    for (const event of events) {
      last = event.id ?? last;
      const live = liveEventOf(event);
      if (live) listener.event(live);
    }
  }
  return last;
}

async function listen(path: string, listener: Listener, signal: AbortSignal): Promise<void> {
  let last: string | undefined;
  while (!signal.aborted) {
    try {
      last = await listenOnce(path, last, listener, signal);
    } catch {
      // A break is no fault: the lamp says so and the line is opened again.
    }
    if (signal.aborted) return;
    listener.state("lost");
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

/** Listens while the component stands; `undefined` listens to nothing. */
export function useLive(lotId: string | undefined, onEvent: (event: LiveEvent) => void): Connection {
  const [connection, setConnection] = useState<Connection>("connecting");
  const handler = useRef(onEvent);
  handler.current = onEvent;
  useEffect(() => {
    if (lotId === undefined) return undefined;
    const stop = new AbortController();
    void listen(`/lots/${lotId}/stream`, { event: (event) => handler.current(event), state: setConnection }, stop.signal);
    return () => stop.abort();
  }, [lotId]);
  return connection;
}
