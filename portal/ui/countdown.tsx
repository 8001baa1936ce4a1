/** The rest of time until an instant, by the server's clock. At zero the page asks the server; it closes nothing. */
import { useEffect, useRef } from "react";
import { useServerNow } from "../api/server-clock.ts";
import { restParts, restText } from "./time.ts";

/** The rest as large figures. `onZero` runs once when the instant is reached. */
export function Countdown(props: {
  readonly until: string;
  readonly label: string;
  readonly className?: string;
  readonly onZero?: () => void;
}) {
  const now = useServerNow();
  const fired = useRef<string | undefined>(undefined);
  const left = now === undefined ? undefined : Date.parse(props.until) - now;
  const reached = left !== undefined && left <= 0;
  const { onZero, until } = props;
  useEffect(() => {
    if (!reached || fired.current === until) return;
    fired.current = until;
    onZero?.();
  }, [reached, until, onZero]);
  return (
    <span className={props.className ?? "clock"} role="timer" aria-label={props.label}>
      {left === undefined
        ? "—"
        : restParts(left).map(({ value, unit }) => (
            <span key={unit}>
              {value}
              {unit && <small>{unit}</small>}
            </span>
          ))}
    </span>
  );
}

/** `还有 14 天` as running text; nothing before the clock is known. */
export function useRest(until: string | undefined): { readonly text: string; readonly leftMs: number } | undefined {
  const now = useServerNow();
  if (now === undefined || until === undefined) return undefined;
  const leftMs = Date.parse(until) - now;
  return { text: restText(leftMs), leftMs };
}
