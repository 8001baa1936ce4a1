/**
 * Decryption by the bidder: Kb is unwrapped here with the bidder's own sealing key and handed over (seal-v1 §7,
 * phase 1). Nothing becomes readable by it until the window is closed for everybody.
 */
import "./bidding-words.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { hex } from "../../../formats/bytes.ts";
import { unwrapKb } from "../../../formats/seal/index.ts";
import type { NextAct } from "../../api/types.ts";
import { currentKeys } from "../../signing/keys.ts";
import { useSendAct } from "../../signing/send-act.ts";
import { Card, Empty } from "../../ui/card.tsx";
import { Countdown } from "../../ui/countdown.tsx";
import { Receipt } from "../../ui/lists.tsx";
import { Digest, Law } from "../../ui/marks.tsx";
import { Reading } from "../../ui/reading.tsx";
import { SignDialog, type SignRequest } from "../../ui/sign-dialog.tsx";
import { evidenceText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";
import { type OwnBid, ownBidQuery } from "./own-bid.ts";

/** Kb of the live bid, or the reason in words why this certificate cannot open it. */
async function keyOf(own: OwnBid, wrongCertificate: string, noKey: string): Promise<string> {
  const keys = await currentKeys();
  if (!keys || !own.live) throw new Error(noKey);
  const kb = unwrapKb(own.live.header, keys.seal[own.live.header.suite].secret);
  if (!kb) throw new Error(wrongCertificate);
  return hex(kb);
}

function Deliver({ act, lotId, own }: { readonly act: NextAct; readonly lotId: string; readonly own: OwnBid }) {
  const t = useWords();
  const sendAct = useSendAct();
  const [request, setRequest] = useState<SignRequest>();
  const [deliveredAt, setDeliveredAt] = useState<string>();
  const live = own.live;
  if (!live)
    return (
      <section className="card">
        <Empty title={t("bid.notYet")} text={t("act.noneText")} />
      </section>
    );
  if (deliveredAt)
    return <Receipt receipt={{ title: t("bid.delivered"), at: deliveredAt, digest: live.bidDigest, next: t("bid.deliveredNext") }} />;
  const ask = () =>
    setRequest({
      title: t("bid.decrypt"),
      rows: [
        [t("bid.digest"), <Digest key="digest" value={live.bidDigest} />],
        [t("bid.version"), String(live.header.version)],
        [t("sign.receivedAt"), own.receipts.at(-1) ? evidenceText(own.receipts.at(-1)!.receivedAt) : "—"],
      ],
      send: async (commandId) => {
        const kb = await keyOf(own, t("bid.wrongCertificate"), t("sign.noKey"));
        const answer = await sendAct({ act: act.act, lotId, data: { bidDigest: live.bidDigest, kb, via: "bidder" }, commandId });
        setRequest(undefined);
        setDeliveredAt(answer.at);
      },
    });
  return (
    <Card title={t("bid.decrypt")}>
      <p className="second">
        {t("bid.decryptText")} <Law>电子招标投标办法 第三十一条</Law>
      </p>
      {act.dueAt && (
        <p style={{ margin: "12px 0" }}>
          <Countdown className="clock large is-live" until={act.dueAt} label={t("opening.windowLeft")} />
        </p>
      )}
      <p>
        <button className="button live large" type="button" onClick={ask}>
          {t("bid.decrypt")}
        </button>
      </p>
      <SignDialog request={request} onClose={() => setRequest(undefined)} />
    </Card>
  );
}

/** `/w/bidder/lots/:lotId/bid.deliverKey` */
export function DeliverKey({ act, lotId }: { readonly act: NextAct; readonly lotId: string }) {
  const t = useWords();
  const own = useQuery(ownBidQuery(lotId));
  return (
    <Reading query={own}>
      {(known) =>
        known ? (
          <Deliver act={act} lotId={lotId} own={known} />
        ) : (
          <section className="card">
            <Empty title={t("bid.notYet")} text={t("act.noneText")} />
          </section>
        )
      }
    </Reading>
  );
}
