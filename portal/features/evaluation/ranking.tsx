/** The computed ranking: places, price, score. */
import type { RankedBid } from "../../api/evaluation.ts";
import { yuanText } from "../../ui/money.ts";
import { useWords } from "../../words/index.ts";

/** The table. */
export function Ranking({ ranking }: { readonly ranking: readonly RankedBid[] }) {
  const t = useWords();
  return (
    <table className="stacks">
      <caption className="only-readers">{t("evaluation.results")}</caption>
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
        {ranking.map((row) => (
          <tr key={row.bidDigest}>
            <td data-label={t("lot.rank")}>{row.rank}</td>
            <td className="bold">{row.bidderName}</td>
            <td className="right" data-label={t("lot.price")}>
              {yuanText(row.priceFen)}
            </td>
            <td className="right bold" data-label={t("lot.score")}>
              {row.score}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
