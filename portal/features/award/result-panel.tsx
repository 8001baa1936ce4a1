/** Candidates in publicity and the result. */
import { useQuery } from "@tanstack/react-query";
import { awardQuery } from "../../api/award.ts";
import type { Award } from "../../api/types.ts";
import { Empty } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { yuanText } from "../../ui/money.ts";
import { Reading } from "../../ui/reading.tsx";
import { deadlineText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";

function Candidates({ award }: { readonly award: Award }) {
  const t = useWords();
  return (
    <>
      <p className="row wrapping" style={{ padding: "16px 20px" }}>
        <b>{t("lot.candidates")}</b>
        {award.winnerName === undefined && award.publicityEndsAt && (
          <Tag tone="info">{t("lot.publicityUntil", { time: deadlineText(award.publicityEndsAt) })}</Tag>
        )}
        {award.winnerName && (
          <Tag tone="ok" icon="check">
            {t("lot.winner", { name: award.winnerName })}
          </Tag>
        )}
      </p>
      {award.onHold && (
        <p className="refusal reason" style={{ margin: "0 20px 12px" }}>
          {t("lot.suspended", { reason: award.onHold })}
        </p>
      )}
      <table className="stacks">
        <caption className="only-readers">{t("lot.candidates")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("lot.rank")}</th>
            <th scope="col">{t("lot.bidder")}</th>
            <th scope="col" className="right">
              {t("lot.price")}
            </th>
            <th scope="col" className="right">
              {t("lot.score")}
            </th>
          </tr>
        </thead>
        <tbody>
          {award.candidates.map((candidate) => (
            <tr key={candidate.rank}>
              <td data-label={t("lot.rank")}>{candidate.rank}</td>
              <td className="bold">{candidate.bidderName}</td>
              <td className="right bold" data-label={t("lot.price")}>
                {yuanText(candidate.priceFen)}
              </td>
              <td className="right" data-label={t("lot.score")}>
                {candidate.score ?? t("state.unknown")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {award.rejected.map((row) => (
        <p key={row.bidderName} className="small" style={{ padding: "8px 20px" }}>
          <Tag tone="refused">{t("evaluation.rejected")}</Tag> {row.bidderName}：{row.groundText}（{row.reason}）
        </p>
      ))}
      {award.objectionChannel && (
        <p className="small second" style={{ padding: "12px 20px 16px" }}>
          {t("award.channel")}：{award.objectionChannel}
        </p>
      )}
    </>
  );
}

/** The tab "result". */
export function ResultPanel({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const query = useQuery(awardQuery(lotId));
  return (
    <Reading query={query}>
      {(award) =>
        award && award.candidates.length > 0 ? (
          <Candidates award={award} />
        ) : (
          <Empty title={t("lot.noResult")} text={t("lot.noResultText")} />
        )
      }
    </Reading>
  );
}
