/** The deep header of a hall: object, steps, the one clock that counts, state of the line. */
import type { ReactNode } from "react";
import type { Connection } from "../api/live.ts";
import { useServerNow } from "../api/server-clock.ts";
import { useWords } from "../words/index.ts";
import { Icon } from "./icon.tsx";
import { clockText } from "./time.ts";

/** Steps of a session; `at` is the index of the running one. */
export function HallSteps(props: { readonly names: readonly string[]; readonly at: number; readonly label: string }) {
  return (
    <ol className="hall-steps" aria-label={props.label}>
      {props.names.map((name, index) => (
        <li
          key={name}
          className={index < props.at ? "done" : index === props.at ? "current" : ""}
          {...(index === props.at ? { "aria-current": "step" as const } : {})}
        >
          <span className="number">{index < props.at ? <Icon name="check" /> : index + 1}</span>
          {name}
        </li>
      ))}
    </ol>
  );
}

/** Lamp of the line and the server's time. */
export function HallLamps({ connection }: { readonly connection: Connection }) {
  const t = useWords();
  const now = useServerNow();
  const state = connection === "open" ? "" : connection === "lost" ? "lost" : "waiting";
  return (
    <p className="lamps">
      <span className="lamp" role="status">
        <span className={`dot ${state}`} />
        {t(`line.${connection}`)}
      </span>
      <span className="lamp">
        {t("clock.serverShort")} <b>{now === undefined ? t("clock.unknown") : clockText(now)}</b>
      </span>
    </p>
  );
}

/** The header itself; `clock` is what stands large at the right. */
export function HallHeader(props: {
  readonly over: ReactNode;
  readonly title: string;
  readonly under: ReactNode;
  readonly steps: ReactNode;
  readonly clock: ReactNode;
  readonly connection: Connection;
}) {
  return (
    <header className="hall">
      <div className="inside">
        <div>
          <p className="under">{props.over}</p>
          <h1>{props.title}</h1>
          <p className="under">{props.under}</p>
          {props.steps}
        </div>
        <div className="right" style={{ paddingTop: 4 }}>
          {props.clock}
          <HallLamps connection={props.connection} />
        </div>
      </div>
    </header>
  );
}
