/**
 * Acts of a draw that need the person's Ed25519 key: the operator signs the plan, a contributor commits and reveals.
 * Everything secret is made and kept in this page; what is signed is shown before.
 */
import "../../words/draw-words.ts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type DrawPlan, makeCommit, signFreeze } from "../../../formats/draw/index.ts";
import { drawQuery, findDraw, type WireDraw } from "../../api/draws.ts";
import type { NextAct } from "../../api/types.ts";
import { revealOf, shareFor } from "../../signing/draw-share.ts";
import { currentKeys, type PersonKeys } from "../../signing/keys.ts";
import { useSendAct } from "../../signing/send-act.ts";
import { Card, type Row } from "../../ui/card.tsx";
import { Countdown } from "../../ui/countdown.tsx";
import { Receipt } from "../../ui/lists.tsx";
import { Digest } from "../../ui/marks.tsx";
import { RefusalBlock } from "../../ui/refusal-block.tsx";
import { RuleChips } from "../../ui/rule-chips.tsx";
import { SignDialog, type SignRequest } from "../../ui/sign-dialog.tsx";
import { useWords, words } from "../../words/index.ts";

type Prepared = { readonly data: Readonly<Record<string, unknown>>; readonly rows: readonly Row[] };
type Maker = (draw: WireDraw & { readonly plan: DrawPlan }, keys: PersonKeys) => Prepared;

const freeze: Maker = (draw, keys) => ({
  data: { drawId: draw.drawId, planHash: draw.planHash, sig: signFreeze(draw.plan, keys.ed25519.secret) },
  rows: [
    [words("draw.list"), <Digest key="plan" value={draw.planHash ?? ""} />],
    [words("draw.contributors"), draw.plan.contributors.map(({ name }) => name).join("、")],
    [words("draw.candidates"), String(draw.plan.pool.length || (draw.plan.coefficients[0]?.values.length ?? 0))],
  ],
});

const contribute: Maker = (draw, keys) => {
  const i = draw.shares.findIndex(({ mine }) => mine);
  if (draw.plan.recovery) throw new Error(words("draw.recoveryElsewhere"));
  const commit = makeCommit({ plan: draw.plan, i, ...shareFor(draw.drawId, keys.ed25519.key), signingSecret: keys.ed25519.secret });
  return {
    data: { drawId: draw.drawId, c: commit.c, sealed: null, sig: commit.sig },
    rows: [[words("draw.commitment"), <Digest key="c" value={commit.c} />]],
  };
};

const reveal: Maker = (draw, keys) => {
  const share = revealOf(draw.drawId, keys.ed25519.key);
  if (!share) throw new Error(words("draw.shareElsewhere"));
  return { data: { drawId: draw.drawId, ...share }, rows: [[words("draw.share"), <Digest key="s" value={share.s} />]] };
};

const makers: Readonly<Record<string, Maker>> = { "drw.freeze": freeze, "drw.contribute": contribute, "drw.reveal": reveal };

/** `drw.freeze`, `drw.contribute`, `drw.reveal` */
export function DrawAct({ act, lotId }: { readonly act: NextAct; readonly lotId: string }) {
  const t = useWords();
  const sendAct = useSendAct();
  const drawId = String((act.suggested as { drawId?: string } | undefined)?.drawId ?? "");
  const { data: draw } = useQuery(drawQuery(drawId));
  const [request, setRequest] = useState<SignRequest>();
  const [error, setError] = useState<unknown>(undefined);
  const [doneAt, setDoneAt] = useState<string>();
  const ask = async () => {
    setError(undefined);
    try {
      const [wire, keys] = await Promise.all([findDraw(drawId), currentKeys()]);
      if (!keys) throw new Error(t("sign.noKey"));
      if (!wire?.plan) throw new Error(t("draw.noPlan"));
      const { data, rows } = makers[act.act]!({ ...wire, plan: wire.plan }, keys);
      setRequest({
        title: act.title,
        rows,
        send: async (commandId) => {
          const answer = await sendAct({ act: act.act, lotId, data, commandId });
          setRequest(undefined);
          setDoneAt(answer.at);
        },
      });
    } catch (thrown) {
      setError(thrown);
    }
  };
  const hall = (
    <Link to="/halls/draw/$drawId" params={{ drawId }}>
      {t("draw.hall")}
    </Link>
  );
  if (doneAt) return <Receipt receipt={{ title: t("sign.done"), at: doneAt, next: hall }} />;
  return (
    <Card title={act.title} aside={hall}>
      <p className="second">
        {t(act.act === "drw.reveal" ? "draw.revealText" : act.act === "drw.freeze" ? "draw.freezeText" : "draw.commitText")}{" "}
        <RuleChips rules={act.rules} />
      </p>
      {act.dueAt && (
        <p style={{ margin: "12px 0" }}>
          <Countdown until={act.dueAt} label={act.title} />
        </p>
      )}
      {draw && <p className="small second">{draw.title}</p>}
      {error !== undefined && <RefusalBlock error={error} />}
      <p style={{ marginTop: 14 }}>
        <button className="button primary large" type="button" onClick={() => void ask()}>
          {act.title}
        </button>
      </p>
      <SignDialog request={request} onClose={() => setRequest(undefined)} />
    </Card>
  );
}
