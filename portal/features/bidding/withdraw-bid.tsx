/** Withdrawal until the deadline, without loss (招标投标法 第二十九条): one act, confirmed and signed. */
import "./bidding-words.ts";
import { useState } from "react";
import { useSendAct } from "../../signing/send-act.ts";
import { Card } from "../../ui/card.tsx";
import { Digest, Law } from "../../ui/marks.tsx";
import { SignDialog, type SignRequest } from "../../ui/sign-dialog.tsx";
import { useWords } from "../../words/index.ts";

/** The card with the button. */
export function WithdrawBid({ lotId, bidDigest }: { readonly lotId: string; readonly bidDigest: string }) {
  const t = useWords();
  const sendAct = useSendAct();
  const [request, setRequest] = useState<SignRequest>();
  const ask = () =>
    setRequest({
      title: t("bid.withdraw"),
      rows: [[t("bid.digest"), <Digest key="digest" value={bidDigest} />]],
      warning: (
        <p className="small">
          {t("bid.withdrawnText")} <Law>招标投标法 第二十九条</Law>
        </p>
      ),
      send: async (commandId) => {
        await sendAct({ act: "bid.withdraw", lotId, data: { bidDigest }, commandId });
        setRequest(undefined);
      },
    });
  return (
    <Card title={t("bid.withdrawTitle")}>
      <p className="small second">{t("bid.withdrawnText")}</p>
      <p style={{ marginTop: 10 }}>
        <button className="button" type="button" onClick={ask}>
          {t("bid.withdraw")}
        </button>
      </p>
      <SignDialog request={request} onClose={() => setRequest(undefined)} />
    </Card>
  );
}
