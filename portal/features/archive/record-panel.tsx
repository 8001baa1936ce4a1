/** The public rows of the trading record of a lot, each with its commitment. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type LiveEvent, useLive } from "../../api/live.ts";
import { recordQuery } from "../../api/stages.ts";
import { Empty } from "../../ui/card.tsx";
import { LogList } from "../../ui/lists.tsx";
import { Digest } from "../../ui/marks.tsx";
import { Reading } from "../../ui/reading.tsx";
import { evidenceText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";

/** The tab "record". */
export function RecordPanel({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const query = useQuery(recordQuery(lotId));
  const [live, setLive] = useState<readonly LiveEvent[]>([]);
  useLive({ lotId, after: undefined }, (event) =>
    setLive((before) => (before.some(({ id }) => id === event.id) ? before : [...before, event])),
  );
  return (
    <div style={{ padding: "4px 0 12px" }}>
      <p className="small second" style={{ padding: "14px 20px 6px" }}>
        {t(query.data && query.data.items.length > 0 ? "lot.record.note" : "lot.record.liveNote")}{" "}
        <Link className="underlined" to="/verify">
          {t("lot.verifyPage")}
        </Link>
      </p>
      <Reading query={query}>
        {({ items }) =>
          items.length === 0 && live.length > 0 ? (
            <LogList dated entries={[...live].reverse()} empty={t("lot.record.none")} />
          ) : items.length === 0 ? (
            <Empty title={t("lot.record.none")} text={t("lot.record.note")} />
          ) : (
            <table className="stacks">
              <caption className="only-readers">{t("lot.tab.record")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("common.time")}</th>
                  <th scope="col">{t("lot.record.event")}</th>
                  <th scope="col">{t("lot.record.commitment")}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((row) => (
                  <tr key={row.position}>
                    <td className="second one-line" data-label={t("common.time")}>
                      {evidenceText(row.at)}
                    </td>
                    <td>
                      <span>{row.title}</span>
                    </td>
                    <td data-label={t("lot.record.commitment")}>
                      <Digest value={row.commitment} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Reading>
    </div>
  );
}
