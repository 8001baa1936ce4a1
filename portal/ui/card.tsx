/** Cards, empty places, key and value lists. A card never holds a card. */
import type { ReactNode } from "react";
import { LineEgret } from "./brand.tsx";

/** A white card with a head; `aside` stands at the right of the head. */
export function Card(props: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly flush?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section className="card">
      <header>
        <h2>{props.title}</h2>
        {props.aside}
      </header>
      {props.flush ? props.children : <div className="body">{props.children}</div>}
    </section>
  );
}

/** An empty place: what will be here, who fills it, one act. */
export function Empty(props: { readonly title: string; readonly text: string; readonly act?: ReactNode }) {
  return (
    <div className="empty">
      <LineEgret />
      <div>
        <p className="bold ink">{props.title}</p>
        <p className="small">{props.text}</p>
        {props.act && <p style={{ marginTop: 10 }}>{props.act}</p>}
      </div>
    </div>
  );
}

/** One row of a key and value list. */
export type Row = readonly [label: string, value: ReactNode];

/** Key and value list; `tinted` stands inside a card. */
export function Facts({ rows, tinted }: { readonly rows: readonly Row[]; readonly tinted?: boolean }) {
  return (
    <dl className={`facts-list ${tinted ? "tinted" : ""}`}>
      {rows.map(([label, value]) => (
        <div key={label} style={{ display: "contents" }}>
          <dt>{label}</dt>
          <dd>{value ?? "—"}</dd>
        </div>
      ))}
    </dl>
  );
}
