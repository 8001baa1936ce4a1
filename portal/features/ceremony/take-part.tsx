/**
 * A member takes part in the key ceremony: fresh keys from its own desk, one signed act; then the desk posts the
 * rounds by itself and the page shows how far all members are. No secret of the ceremony is in this page.
 */
import "../../words/desk-words.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ceremonyQuery, type WireCeremony } from "../../api/ceremony.ts";
import type { NextAct } from "../../api/types.ts";
import { openDesk, startDesk } from "../../signing/member-desk.ts";
import { useSendAct } from "../../signing/send-act.ts";
import { Card } from "../../ui/card.tsx";
import { Digest, Tag } from "../../ui/marks.tsx";
import { RefusalBlock } from "../../ui/refusal-block.tsx";
import { SignDialog, type SignRequest } from "../../ui/sign-dialog.tsx";
import { evidenceText } from "../../ui/time.ts";
import { useWords, type WordKey } from "../../words/index.ts";

const rounds = ["round1", "round2", "round3", "acks"] as const;

function Rounds({ ceremony }: { readonly ceremony: WireCeremony }) {
  const t = useWords();
  return (
    <table className="stacks">
      <caption className="only-readers">{t("ceremony.progress")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("ceremony.member")}</th>
          {rounds.map((round) => (
            <th key={round} scope="col">
              {t(`ceremony.${round}` as WordKey)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ceremony.members.map((member) => (
          <tr key={member.member}>
            <td>{t(`ceremony.role.${member.role}` as WordKey)}</td>
            {rounds.map((round) => (
              <td key={round} data-label={t(`ceremony.${round}` as WordKey)}>
                {ceremony.posted[round].includes(member.member) ? (
                  <Tag tone="ok" icon="check">
                    {t("ceremony.posted")}
                  </Tag>
                ) : (
                  <Tag>{t("ceremony.waiting")}</Tag>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How far the ceremony of a lot is; anybody may see it. */
export function CeremonyProgress({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const { data: ceremony } = useQuery(ceremonyQuery(lotId));
  if (!ceremony) return null;
  return (
    <Card
      title={t("ceremony.title")}
      aside={<Tag tone={ceremony.ceremony ? "ok" : "info"}>{ceremony.ceremony ? t("ceremony.sealed") : t("ceremony.running")}</Tag>}
      flush
    >
      {ceremony.voidedBecause && <p className="body is-refused small">{t("ceremony.voided", { reason: ceremony.voidedBecause })}</p>}
      <Rounds ceremony={ceremony} />
      {ceremony.ceremonyHash && (
        <p className="body small second">
          {t("ceremony.hash")} <Digest value={ceremony.ceremonyHash} /> {ceremony.sealedAt && evidenceText(ceremony.sealedAt)}
        </p>
      )}
    </Card>
  );
}

/** `cer.accept` and, when the desk stopped half-way, the rounds. */
export function TakePart({ act, lotId }: { readonly act: NextAct; readonly lotId: string }) {
  const t = useWords();
  const sendAct = useSendAct();
  const [request, setRequest] = useState<SignRequest>();
  const [begun, setBegun] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const isRound = act.act !== "cer.accept";
  const run = async (work: () => Promise<void>) => {
    setError(undefined);
    try {
      await work();
    } catch (thrown) {
      setError(thrown);
    }
  };
  const goOn = () =>
    run(async () => {
      await startDesk(lotId, lotId);
      setBegun(true);
    });
  const ask = () =>
    run(async () => {
      const keys = await openDesk(lotId);
      setRequest({
        title: t("ceremony.accept"),
        rows: [
          [t("ceremony.signKey"), <Digest key="sign" value={keys.signKey} />],
          [t("ceremony.encKey"), <Digest key="enc" value={keys.encKey} />],
        ],
        send: async (commandId) => {
          await sendAct({ act: "cer.accept", lotId, data: keys, commandId });
          setRequest(undefined);
          await goOn();
        },
      });
    });
  return (
    <div className="column gap-24">
      <Card title={isRound ? t("ceremony.goOn") : t("ceremony.accept")}>
        <p className="second" style={{ marginBottom: 14 }}>
          {t("ceremony.text")}
        </p>
        {error !== undefined && <RefusalBlock error={error} />}
        {begun ? (
          <p role="status">
            <Tag tone="ok" icon="check">
              {t("ceremony.deskWorks")}
            </Tag>
          </p>
        ) : (
          <button className="button primary large" type="button" onClick={() => void (isRound ? goOn() : ask())}>
            {isRound ? t("ceremony.goOn") : t("ceremony.accept")}
          </button>
        )}
      </Card>
      <CeremonyProgress lotId={lotId} />
      <SignDialog request={request} onClose={() => setRequest(undefined)} />
    </div>
  );
}
