/** The award desk: whom may I award, on what ground, and what stands in the way. And a bidder's own outcome. */
import { useQuery } from "@tanstack/react-query";
import { awardDeskQuery, outcomeQuery } from "../../api/award.ts";
import { Card } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { yuanText } from "../../ui/money.ts";
import { momentText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";

/** Ranking, decisions and holds for the buyer's side; nothing before the report. */
export function AwardDeskCard({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const { data: desk } = useQuery(awardDeskQuery(lotId));
  if (!desk || desk.ranking.length === 0) return null;
  return (
    <Card title={t("award.desk")} flush>
      {desk.holds.map((hold) => (
        <p key={hold.id} className="refusal reason" style={{ margin: "12px 20px" }}>
          {t("lot.suspended", { reason: hold.cause })}
        </p>
      ))}
      <table className="stacks">
        <caption className="only-readers">{t("award.desk")}</caption>
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
            <th scope="col">{t("common.status")}</th>
          </tr>
        </thead>
        <tbody>
          {desk.ranking.map((row) => {
            const decision = desk.decisions.find(({ rank }) => rank === row.rank);
            return (
              <tr key={row.rank}>
                <td data-label={t("lot.rank")}>{row.rank}</td>
                <td className="bold">{row.bidderName}</td>
                <td className="right" data-label={t("lot.price")}>
                  {yuanText(row.priceFen)}
                </td>
                <td className="right" data-label={t("lot.score")}>
                  {row.score}
                </td>
                <td>
                  {decision && !decision.ended ? (
                    <Tag tone="ok" icon="check">
                      {t("award.decided")}
                    </Tag>
                  ) : decision?.ended ? (
                    <Tag tone="refused">{t("award.ended", { cause: decision.ended.cause })}</Tag>
                  ) : desk.remaining.includes(row.rank) ? (
                    <Tag tone="info">{t("award.candidate")}</Tag>
                  ) : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}

/** A bidder's own outcome, once it was told. */
export function OutcomeCard({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const { data: outcome } = useQuery(outcomeQuery(lotId));
  if (!outcome?.toldAt || outcome.outcome === "none" || outcome.outcome === "open") return null;
  return (
    <Card title={t("award.outcome")} aside={<span className="small third">{momentText(outcome.toldAt)}</span>}>
      <p className="bold">{outcome.outcome === "won" ? t("award.won") : t("award.lost", { name: outcome.winnerName ?? "" })}</p>
      {outcome.rank !== null && <p className="small second">{t("award.place", { rank: outcome.rank, score: outcome.score ?? "—" })}</p>}
    </Card>
  );
}
