/** Candidates in publicity, the result, and the papers that belong to them. */
import type { Lot } from "../../api/types.ts";
import { Empty } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { yuanText } from "../../ui/money.ts";
import { deadlineText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";

/** The tab "result". */
export function ResultPanel({ lot }: { readonly lot: Lot }) {
  const t = useWords();
  if (!lot.candidates || lot.candidates.length === 0) return <Empty title={t("lot.noResult")} text={t("lot.noResultText")} />;
  return (
    <>
      <p className="row wrapping" style={{ padding: "16px 20px" }}>
        <b>{t("lot.candidates")}</b>
        {lot.publicityEndsAt && <Tag tone="info">{t("lot.publicityUntil", { time: deadlineText(lot.publicityEndsAt) })}</Tag>}
        {lot.result && <Tag tone="ok" icon="check">{t("lot.winner", { name: lot.result.winnerName })}</Tag>}
      </p>
      <table className="stacks">
        <caption className="only-readers">{t("lot.candidates")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("lot.rank")}</th>
            <th scope="col">{t("lot.bidder")}</th>
            <th scope="col" className="right">{t("lot.price")}</th>
            <th scope="col" className="right">{t("lot.score")}</th>
          </tr>
        </thead>
        <tbody>
          {lot.candidates.map((candidate) => (
            <tr key={candidate.rank}>
              <td data-label={t("lot.rank")}>{candidate.rank}</td>
              <td className="bold">{candidate.bidderName}</td>
              <td className="right bold" data-label={t("lot.price")}>{yuanText(candidate.priceFen)}</td>
              <td className="right" data-label={t("lot.score")}>{candidate.score ?? t("state.unknown")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
