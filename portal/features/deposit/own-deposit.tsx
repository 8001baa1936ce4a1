/** A bidder's own deposit in a lot: what is asked, where to pay, what has arrived, what comes back. */
import { useQuery } from "@tanstack/react-query";
import { ownDepositQuery } from "../../api/deposits.ts";
import { Card, Facts, type Row } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { moneyText } from "../../ui/money.ts";
import { momentText } from "../../ui/time.ts";
import { useWords, type WordKey } from "../../words/index.ts";

/** The card; nothing for those who have no deposit to see. */
export function OwnDepositCard({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const { data: deposit } = useQuery(ownDepositQuery(lotId));
  if (!deposit) return null;
  const received = deposit.receipts.filter(({ reversed }) => !reversed).reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n);
  const isWhole = received >= BigInt(deposit.requiredFen);
  const rows: Row[] = [
    [t("deposit.required"), moneyText(deposit.requiredFen)],
    [
      t("deposit.account"),
      deposit.account ? (
        <span key="account" className="mono break-all">
          {deposit.account}
        </span>
      ) : (
        t("deposit.noAccount")
      ),
    ],
    [t("deposit.received"), moneyText(received)],
  ];
  return (
    <Card
      title={t("lot.deposit")}
      aside={<Tag tone={isWhole ? "ok" : "warning"}>{isWhole ? t("deposit.whole") : t("deposit.missing")}</Tag>}
    >
      <Facts rows={rows} />
      <ul className="small" style={{ display: "grid", gap: 6, marginTop: 10 }}>
        {deposit.receipts.map((receipt) => (
          <li key={receipt.valueAt + receipt.amountFen} className="row apart">
            <span>
              {momentText(receipt.valueAt)}
              {receipt.reversed && `（${t("deposit.reversed")}）`}
            </span>
            <b>{moneyText(receipt.amountFen)}</b>
          </li>
        ))}
        {deposit.guarantees.map((guarantee) => (
          <li key={guarantee.id} className="row apart">
            <span>
              {t(`deposit.form.${guarantee.form}` as WordKey)} · {guarantee.untilOn}
            </span>
            <Tag tone={guarantee.state === "issued" ? "ok" : "neutral"}>{t(`guarantee.${guarantee.state}` as WordKey)}</Tag>
          </li>
        ))}
        {deposit.refunds.map((refund) => (
          <li key={refund.dueOn + refund.principalFen} className="row apart">
            <span>
              {t("deposit.refund")}（{t("deposit.dueOn", { day: refund.dueOn })}）
            </span>
            <span className="is-ok bold">
              {moneyText(refund.principalFen)}
              {refund.interestFen && ` + ${moneyText(refund.interestFen)}`}
            </span>
          </li>
        ))}
      </ul>
      <p className="caption second" style={{ marginTop: 10 }}>
        {t("deposit.note")}
      </p>
    </Card>
  );
}
