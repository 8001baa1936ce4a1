/**
 * A member of the opening computes its partials here, from the share that only its own desk keeps, and posts them
 * with their proofs (seal-v1 §7, phase 2). The share never leaves this page.
 */
import "../../words/desk-words.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fromHex } from "../../../formats/bytes.ts";
import { makePartial } from "../../../formats/seal/index.ts";
import { ceremonyQuery, type WireCeremony } from "../../api/ceremony.ts";
import { findBoard, openingQuery } from "../../api/opening.ts";
import type { NextAct } from "../../api/types.ts";
import { shareOf } from "../../signing/member-desk.ts";
import { useSendAct } from "../../signing/send-act.ts";
import { Card } from "../../ui/card.tsx";
import { Receipt } from "../../ui/lists.tsx";
import { RefusalBlock } from "../../ui/refusal-block.tsx";
import { SignDialog, type SignRequest } from "../../ui/sign-dialog.tsx";
import { useWords } from "../../words/index.ts";

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** The member's partials for every bid whose key is here. */
export async function partialsOf(lotId: string, ceremony: WireCeremony) {
  const { share, signKey } = await shareOf(lotId);
  const member = ceremony.ceremony?.members.findIndex((row) => row.signKey === signKey) ?? -1;
  if (member < 0) throw new Error("this desk is no member of the ceremony");
  const board = await findBoard(lotId);
  return (board?.bids ?? []).flatMap(({ header, bidDigest }) =>
    header ? [makePartial({ header, bidDigest }, { member: member + 1, share: fromHex(share) }, random)] : [],
  );
}

/** `opn.postPartial` */
export function PostPartials({ act, lotId }: { readonly act: NextAct; readonly lotId: string }) {
  const t = useWords();
  const sendAct = useSendAct();
  const { data: ceremony } = useQuery(ceremonyQuery(lotId));
  const { data: opening } = useQuery(openingQuery(lotId));
  const [request, setRequest] = useState<SignRequest>();
  const [error, setError] = useState<unknown>(undefined);
  const [postedAt, setPostedAt] = useState<string>();
  const ask = async () => {
    setError(undefined);
    try {
      const partials = await partialsOf(lotId, ceremony!);
      setRequest({
        title: act.title,
        rows: [[t("partial.count"), String(partials.length)]],
        send: async (commandId) => {
          const answer = await sendAct({ act: act.act, lotId, data: { partials }, commandId });
          setRequest(undefined);
          setPostedAt(answer.at);
        },
      });
    } catch (thrown) {
      setError(thrown);
    }
  };
  if (postedAt) return <Receipt receipt={{ title: t("sign.done"), at: postedAt, next: t("partial.next") }} />;
  return (
    <Card title={act.title}>
      <p className="second" style={{ marginBottom: 14 }}>
        {t("partial.text", { need: opening?.threshold ?? 2 })}
      </p>
      {error !== undefined && <RefusalBlock error={error} />}
      <p>
        <button className="button primary large" type="button" disabled={!ceremony?.ceremony} onClick={() => void ask()}>
          {act.title}
        </button>
      </p>
      <SignDialog request={request} onClose={() => setRequest(undefined)} />
    </Card>
  );
}
