/** From the opening on: who paid, by value date. */
import { useQuery } from "@tanstack/react-query";
import { lotDepositsQuery } from "../../api/deposits.ts";
import { Card } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { moneyText } from "../../ui/money.ts";
import { useWords, type WordKey } from "../../words/index.ts";

/** The card; nothing before the opening. */
export function LotDepositsCard({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const { data: rows = [] } = useQuery(lotDepositsQuery(lotId));
  if (rows.length === 0) return null;
  return (
    <Card title={t("lot.deposit")}>
      <ul style={{ display: "grid", gap: 8 }}>
        {rows.map((row) => (
          <li key={row.partyId} className="row apart small wrapping">
            <span>{row.name}</span>
            <span className="row">
              {moneyText(row.requiredFen)}
              <Tag tone={row.inTime ? "ok" : "refused"}>{t(row.inTime ? "deposit.inTime" : "deposit.notInTime")}</Tag>
              <Tag>{t(`depositState.${row.state}` as WordKey)}</Tag>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
