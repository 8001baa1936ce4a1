/** The log of a session and the receipt of an act. */
import { type ReactNode, useEffect, useRef } from "react";
import { useWords } from "../words/index.ts";
import { Facts, type Row } from "./card.tsx";
import { Digest } from "./marks.tsx";
import { clockText, evidenceText, momentText } from "./time.ts";

/** One entry of a log. */
export type LogEntry = { readonly id: string; readonly at: string; readonly text: string };

/** Entries, newest first: by the clock in a frame of its own, or with their days in the page. */
export function LogList({
  entries,
  empty,
  dated,
}: {
  readonly entries: readonly LogEntry[];
  readonly empty: string;
  readonly dated?: true;
}) {
  const t = useWords();
  if (entries.length === 0) return <p className="body small second">{empty}</p>;
  const list = (
    <ol className={`log body ${dated ? "dated" : ""}`} style={{ paddingTop: 8 }}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <time dateTime={entry.at}>{dated ? momentText(entry.at) : clockText(entry.at)}</time>
          <span>{entry.text}</span>
        </li>
      ))}
    </ol>
  );
  if (dated) return list;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
    <div className="log-frame" role="log" aria-label={t("opening.log")} tabIndex={0}>
      {list}
    </div>
  );
}

/** What the server acknowledged. */
export type ReceiptContent = {
  readonly title: string;
  readonly at?: string | undefined;
  readonly digest?: string | undefined;
  readonly position?: string | number | undefined;
  readonly rows?: readonly Row[];
  readonly next?: ReactNode;
};

/** Takes the focus: after an act the reader hears its result. Large "received", the server's time to the millisecond, the digest, what happens next. */
export function Receipt({ receipt }: { readonly receipt: ReceiptContent }) {
  const t = useWords();
  const block = useRef<HTMLDivElement>(null);
  useEffect(() => block.current?.focus(), []);
  const rows: Row[] = [];
  if (receipt.at) rows.push([t("sign.receivedAt"), evidenceText(receipt.at)]);
  if (receipt.digest) rows.push([t("sign.receipt"), <Digest key="digest" value={receipt.digest} />]);
  if (receipt.position !== undefined) rows.push([t("sign.position"), String(receipt.position)]);
  rows.push(...(receipt.rows ?? []));
  if (receipt.next) rows.push([t("sign.next"), receipt.next]);
  return (
    <div className="receipt" role="status" tabIndex={-1} ref={block}>
      <h2>{receipt.title}</h2>
      <Facts rows={rows} />
    </div>
  );
}
