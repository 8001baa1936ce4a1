/**
 * Live events of a hall or a lot by SSE. The browser resumes by Last-Event-ID; the page shows whether the line
 * stands. Never the only source of a fact: an event makes the page read again.
 */
import { useEffect, useRef, useState } from "react";
import { addressOf } from "./client.ts";
import { noteServerTime } from "./server-clock.ts";

/** State of the line to the server. */
export type Connection = "connecting" | "open" | "lost";

/** One event as it came over the line. */
export type LiveEvent = { readonly type: string; readonly id: string; readonly data: unknown };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Listens to an event stream while the component stands; `undefined` listens to nothing. */
export function useLive(path: string | undefined, onEvent: (event: LiveEvent) => void): Connection {
  const [connection, setConnection] = useState<Connection>("connecting");
  const handler = useRef(onEvent);
  handler.current = onEvent;
  useEffect(() => {
    if (path === undefined) return undefined;
    const source = new EventSource(addressOf(path), { withCredentials: true });
    source.onopen = () => setConnection("open");
    source.onerror = () => setConnection("lost");
    source.onmessage = (message: MessageEvent<string>) => {
      setConnection("open");
      const data = parsed(message.data);
      const named = typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
      if (typeof named["dateMs"] === "number") noteServerTime(named["dateMs"]);
      handler.current({ type: String(named["type"] ?? "message"), id: message.lastEventId, data });
    };
    return () => source.close();
  }, [path]);
  return connection;
}
