/** The receipts of a bid: large "received", the server's time to the millisecond, what happens next. */

import { digestOf } from "../../../formats/jcs.ts";
import type { SealReceipt } from "../../../formats/seal/index.ts";
import { Card } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Receipt } from "../../ui/lists.tsx";
import { Digest, Tag } from "../../ui/marks.tsx";
import { evidenceText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";

/** The newest receipt, large. */
export function NewestReceipt({ receipt }: { readonly receipt: SealReceipt }) {
  const t = useWords();
  return (
    <Receipt
      receipt={{
        title: receipt.action === "submit" ? t("bid.received") : t("bid.withdrawn"),
        at: receipt.receivedAt,
        digest: digestOf(receipt),
        position: receipt.evidenceSeq,
        rows: [
          [t("bid.version"), String(receipt.version)],
          [t("bid.digest"), <Digest key="bid" value={receipt.bidDigest} />],
        ],
        next: receipt.action === "submit" ? t("bid.receivedText") : t("bid.withdrawnText"),
      }}
    />
  );
}

function download(receipt: SealReceipt): string {
  return URL.createObjectURL(new Blob([JSON.stringify(receipt, undefined, 1)], { type: "application/json" }));
}

/** All receipts in their order; each can be kept as a file and checked by anybody. */
export function ReceiptList({ receipts }: { readonly receipts: readonly SealReceipt[] }) {
  const t = useWords();
  if (receipts.length === 0) return null;
  return (
    <Card title={t("bid.receipts")}>
      <ul style={{ display: "grid", gap: 10 }}>
        {[...receipts].reverse().map((receipt) => (
          <li key={receipt.evidenceSeq} className="row apart wrapping">
            <span>
              <Tag tone={receipt.action === "submit" ? "ok" : "neutral"}>
                {receipt.action === "submit" ? t("bid.received") : t("bid.withdrawn")}
              </Tag>{" "}
              <span className="small">{evidenceText(receipt.receivedAt)}</span>
            </span>
            <a className="button small" href={download(receipt)} download={`receipt-${receipt.evidenceSeq}.json`}>
              <Icon name="download" />
              {t("common.download")}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
