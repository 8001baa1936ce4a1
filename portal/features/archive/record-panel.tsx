/** The public lines of the trading record of a lot, each with its commitment. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { addressOf } from "../../api/client.ts";
import { readableLimits } from "../../api/limit-words.ts";
import { recordQuery } from "../../api/stages.ts";
import type { RecordRow } from "../../api/types.ts";
import { Empty } from "../../ui/card.tsx";
import { Digest } from "../../ui/marks.tsx";
import { Reading } from "../../ui/reading.tsx";
import { evidenceText } from "../../ui/time.ts";
import { useLanguage, useWords } from "../../words/index.ts";

function Line({ row }: { readonly row: RecordRow }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <tr>
      <td className="third one-line" data-label={t("lot.record.number")}>
        {row.number}
      </td>
      <td className="second one-line" data-label={t("common.time")}>
        {evidenceText(row.at)}
      </td>
      <td>
        <span>{readableLimits(language === "en" ? row.words.en : row.words.zh)}</span>
      </td>
      <td data-label={t("lot.record.commitment")}>
        <Digest value={row.commitment} />
      </td>
    </tr>
  );
}

/** The tab "record". */
export function RecordPanel({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const query = useQuery(recordQuery(lotId));
  return (
    <div style={{ padding: "4px 0 12px" }}>
      <div className="row apart wrapping" style={{ padding: "14px 20px 6px" }}>
        <p className="small second">
          {t("lot.record.note")}{" "}
          <Link className="underlined" to="/verify">
            {t("lot.verifyPage")}
          </Link>
        </p>
        <a className="small" href={addressOf(`/feeds/lots/${lotId}.rss`)}>
          {t("lot.record.feed")}
        </a>
      </div>
      <Reading query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t("lot.record.none")} text={t("lot.record.note")} />
          ) : (
            <table className="stacks">
              <caption className="only-readers">{t("lot.tab.record")}</caption>
              <thead>
                <tr>
                  <th scope="col">{t("lot.record.number")}</th>
                  <th scope="col">{t("common.time")}</th>
                  <th scope="col">{t("lot.record.event")}</th>
                  <th scope="col">{t("lot.record.commitment")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <Line key={row.number} row={row} />
                ))}
              </tbody>
            </table>
          )
        }
      </Reading>
    </div>
  );
}
