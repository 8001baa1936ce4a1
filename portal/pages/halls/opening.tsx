/** The opening hall: where are we, what do I do. Live by SSE; closes nothing by itself, the server does. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { useLive } from "../../api/live.ts";
import { nextStepsQuery, openingQuery } from "../../api/queries.ts";
import { useSession } from "../../api/session.ts";
import type { Opening } from "../../api/types.ts";
import { DecryptionSums, DecryptionTable } from "../../features/opening/decryption-table.tsx";
import { ReadOutTable } from "../../features/opening/read-out-table.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { Countdown } from "../../ui/countdown.tsx";
import { HallHeader, HallSteps } from "../../ui/hall-header.tsx";
import { LogList } from "../../ui/lists.tsx";
import { Law, Locked, Tag } from "../../ui/marks.tsx";
import { yuanText } from "../../ui/money.ts";
import { NextSteps } from "../../ui/next-steps.tsx";
import { Reading } from "../../ui/reading.tsx";
import { SandboxStrip, useTitle } from "../../ui/shell.tsx";
import { clockText, deadlineText } from "../../ui/time.ts";
import { useWords, type WordKey } from "../../words/index.ts";

const route = getRouteApi("/halls/opening/$lotId");
const steps = ["attend", "decrypt", "read", "confirm", "close"] as const;
const stepAt: Record<Opening["step"], number> = { before: 0, attend: 0, decrypt: 1, read: 2, confirm: 3, closed: 5 };

function Clock({ opening, onZero }: { readonly opening: Opening; readonly onZero: () => void }) {
  const t = useWords();
  if (opening.step === "before" || opening.step === "attend") {
    return (
      <>
        <p className="under">{t("opening.deadlineLeft")}</p>
        <p><Countdown className="big" until={opening.bidsDueAt} label={t("opening.deadlineLeft")} onZero={onZero} /></p>
        <p className="under">{deadlineText(opening.bidsDueAt)}</p>
      </>
    );
  }
  if (opening.step === "decrypt" && opening.windowEndsAt) {
    return (
      <>
        <p className="under">{t("opening.windowLeft")}</p>
        <p><Countdown className="big" until={opening.windowEndsAt} label={t("opening.windowLeft")} onZero={onZero} /></p>
        <p className="under">{t("opening.windowCloses", { time: clockText(opening.windowEndsAt) })}</p>
      </>
    );
  }
  const word: WordKey = opening.step === "closed" ? "opening.closed" : opening.step === "read" ? "opening.reading" : "opening.step.confirm";
  const read = opening.bids.filter((bid) => bid.read === "read").length;
  return (
    <>
      <p className="under">{t(word)}</p>
      <p className="big calm">{read} / {opening.bids.filter((bid) => bid.form).length}</p>
    </>
  );
}

function Board({ opening }: { readonly opening: Opening }) {
  const t = useWords();
  if (opening.step === "before" || (opening.step === "attend" && opening.bids.length === 0)) {
    return (
      <Card title={t("opening.notBegun")}>
        <p className="second"><Locked>{t("opening.beforeDeadline")}</Locked> <Law>电子招标投标办法 第二十八条</Law></p>
      </Card>
    );
  }
  const over = opening.step !== "attend" && opening.step !== "decrypt";
  return (
    <>
      <Card title={t(over ? "opening.decryptionResult" : "opening.decryption")} aside={<DecryptionSums opening={opening} />} flush>
        <DecryptionTable opening={opening} />
      </Card>
      <Card
        title={t("opening.table")}
        flush
        aside={
          opening.ceilingFen && (
            <span className="small second">{t("opening.ceiling")} <b className="ink">{yuanText(opening.ceilingFen)} {t("form.yuan")}</b></span>
          )
        }
      >
        <ReadOutTable opening={opening} />
      </Card>
    </>
  );
}

function Rail({ opening }: { readonly opening: Opening }) {
  const t = useWords();
  const { me } = useSession();
  const next = useQuery({ ...nextStepsQuery(opening.lotId), enabled: me !== undefined });
  return (
    <aside className="column gap-24" aria-label={t("opening.log")}>
      {me && next.data ? (
        <NextSteps steps={next.data} lotId={opening.lotId} role={me.role} />
      ) : (
        <section className="card"><Empty title={t("role.public")} text={t("opening.observer")} /></section>
      )}
      <Card title={t("opening.log")} flush aside={<Tag tone="ok" icon="shield">{t("opening.logEach")}</Tag>}>
        <LogList entries={opening.log} empty={t("opening.noLog")} />
      </Card>
    </aside>
  );
}

/** `/halls/opening/:lotId` */
export function OpeningHall() {
  const t = useWords();
  const { lotId } = route.useParams();
  const query = useQuery(openingQuery(lotId));
  const queries = useQueryClient();
  const readAgain = useCallback(() => void queries.invalidateQueries(), [queries]);
  const connection = useLive(`/lots/${lotId}/events`, readAgain);
  useTitle(query.data && `${t(`opening.step.${steps[Math.min(4, stepAt[query.data.step])]!}` as WordKey)} · ${query.data.name} · ${t("opening.hall")}`);
  return (
    <>
      <SandboxStrip wide />
      <Reading query={query}>
        {(opening) => (
          <>
            <HallHeader
              over={<>{[t("opening.hall"), opening.kind, opening.place].filter(Boolean).join(" · ")} <span className="mono">{opening.dealCode}</span></>}
              title={opening.name}
              under={[
                opening.buyerName && `${t("lot.buyer")} ${opening.buyerName}`,
                opening.hostName && `${t("opening.host")} ${opening.hostName}`,
                opening.witnessName && `${t("opening.witness")} ${opening.witnessName}`,
              ].filter(Boolean).join("　")}
              steps={<HallSteps label={t("opening.hall")} names={steps.map((step) => t(`opening.step.${step}` as WordKey))} at={stepAt[opening.step]} />}
              clock={<Clock opening={opening} onZero={readAgain} />}
              connection={connection}
            />
            <main className="hall-page">
              <div className="column gap-24"><Board opening={opening} /></div>
              <Rail opening={opening} />
            </main>
          </>
        )}
      </Reading>
    </>
  );
}
