/** The opening hall: where are we, what do I do. Live by SSE; closes nothing by itself, the server does. */
import "../../words/desk-words.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import type { LiveEvent } from "../../api/live.ts";
import { useLotLive } from "../../api/lot-live.ts";
import { lotQuery } from "../../api/lot-reads.ts";
import { openingQuery } from "../../api/opening.ts";
import { nextStepsQuery } from "../../api/queries.ts";
import { useSession } from "../../api/session.ts";
import { documentQuery } from "../../api/tendering.ts";
import type { Lot, Opening } from "../../api/types.ts";
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
const stepAt: Record<Opening["step"], number> = { decrypt: 1, unseal: 1, read: 2, confirm: 3, closed: 5 };

type Parts = { readonly lot: Lot; readonly opening: Opening | null };

function Big(props: { readonly over: WordKey; readonly until: string; readonly under: string; readonly onZero: () => void }) {
  const t = useWords();
  return (
    <>
      <p className="under">{t(props.over)}</p>
      <p>
        <Countdown className="big" until={props.until} label={t(props.over)} onZero={props.onZero} />
      </p>
      <p className="under">{props.under}</p>
    </>
  );
}

function Clock({ lot, opening, onZero }: Parts & { readonly onZero: () => void }) {
  const t = useWords();
  if (!opening) {
    return lot.bidsDueAt ? (
      <Big over="opening.deadlineLeft" until={lot.bidsDueAt} under={deadlineText(lot.bidsDueAt)} onZero={onZero} />
    ) : null;
  }
  if (opening.windowIsOpen && opening.windowEndsAt) {
    const under = t("opening.windowCloses", { time: clockText(opening.windowEndsAt) });
    return <Big over="opening.windowLeft" until={opening.windowEndsAt} under={under} onZero={onZero} />;
  }
  if (opening.step === "confirm" && opening.confirmEndsAt) {
    return <Big over="opening.confirmLeft" until={opening.confirmEndsAt} under={deadlineText(opening.confirmEndsAt)} onZero={onZero} />;
  }
  return <p className="big calm">{opening.stateWords}</p>;
}

function Members({ opening }: { readonly opening: Opening }) {
  const t = useWords();
  return (
    <Card
      title={t("opening.members")}
      aside={<span className="small second">{t("opening.membersNote", { need: opening.threshold })}</span>}
    >
      <ul className="row wrapping" style={{ gap: 24 }}>
        {opening.members.map((member) => (
          <li key={member.member} className="small">
            {t(`ceremony.role.${member.role}` as WordKey)}{" "}
            <Tag tone={member.posted > 0 ? "ok" : "neutral"}>{t("opening.memberPosted", { count: member.posted })}</Tag>
            {member.rejected > 0 && <Tag tone="refused">{t("opening.memberRejected", { count: member.rejected })}</Tag>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Board({ opening, lotId }: { readonly opening: Opening | null; readonly lotId: string }) {
  const t = useWords();
  const own = useSession().me?.organisationName;
  const ceilingFen = useQuery(documentQuery(lotId)).data?.ceilingFen ?? undefined;
  if (!opening) {
    return (
      <Card title={t("opening.notBegun")}>
        <p className="second">
          <Locked>{t("opening.beforeDeadline")}</Locked> <Law>电子招标投标办法 第二十八条</Law>
        </p>
      </Card>
    );
  }
  const ceiling = ceilingFen && (
    <span className="small second">
      {t("opening.ceiling")}{" "}
      <b className="ink">
        {yuanText(ceilingFen)} {t("form.yuan")}
      </b>
    </span>
  );
  if (opening.failed)
    return (
      <p className="refusal" role="status">
        {opening.failed}
      </p>
    );
  return (
    <>
      <Card
        title={t(opening.step === "decrypt" ? "opening.decryption" : "opening.decryptionResult")}
        aside={<DecryptionSums opening={opening} />}
        flush
      >
        <DecryptionTable opening={opening} own={own} />
      </Card>
      {opening.step !== "decrypt" && <Members opening={opening} />}
      <Card title={t("opening.table")} aside={ceiling} flush>
        <ReadOutTable opening={opening} ceilingFen={ceilingFen} />
      </Card>
    </>
  );
}

/** Events that belong into the log of an opening, from the deadline on; everything else of the lot stands in its record. */
const ofThisHall = /^(opn|bid|drw)\./;

function Rail({ lot, log }: { readonly lot: Lot; readonly log: readonly LiveEvent[] }) {
  const t = useWords();
  const { me } = useSession();
  const next = useQuery({ ...nextStepsQuery(lot.lotId, me?.role ?? ""), enabled: me !== undefined });
  const entries = log
    .filter(({ type, at }) => ofThisHall.test(type) && at >= (lot.bidsDueAt ?? ""))
    .map(({ id, at, text }) => ({ id, at, text }))
    .reverse();
  return (
    <aside className="column gap-24" aria-label={t("opening.log")}>
      {me && next.data ? (
        <NextSteps
          steps={{ ...next.data, possible: next.data.possible.filter(({ stage }) => stage === "opening") }}
          role={me.role}
          inSession
        />
      ) : (
        <section className="card">
          <Empty title={t("role.public")} text={t("opening.observer")} />
        </section>
      )}
      <Card
        title={t("opening.log")}
        aside={
          <Tag tone="ok" icon="shield">
            {t("opening.logEach")}
          </Tag>
        }
        flush
      >
        <LogList entries={entries} empty={t("opening.noLog")} />
      </Card>
      <p className="small">
        <Link className="underlined" to="/verify" search={{ id: lot.lotId }}>
          {t("lot.verifyPage")}
        </Link>
      </p>
    </aside>
  );
}

function Header(props: Parts & { readonly connection: ReturnType<typeof useLotLive>; readonly onZero: () => void }) {
  const t = useWords();
  const { lot, opening } = props;
  const people = [
    lot.buyerName && `${t("lot.buyer")} ${lot.buyerName}`,
    lot.agentName && `${t("opening.host")} ${lot.agentName}`,
    lot.centreName && `${t("opening.witness")} ${lot.centreName}`,
  ];
  return (
    <HallHeader
      over={
        <>
          {[t("opening.hall"), lot.kind, lot.place].filter(Boolean).join(" · ")} <span className="mono">{lot.dealCode}</span>
        </>
      }
      title={lot.name}
      under={
        <>
          {people.filter(Boolean).join("　")}{" "}
          <Link className="underlined" to="/notices/$lotId" params={{ lotId: lot.lotId }}>
            {t("work.publicPage")}
          </Link>
        </>
      }
      steps={
        <HallSteps
          label={t("opening.hall")}
          names={steps.map((step) => t(`opening.step.${step}` as WordKey))}
          at={opening ? stepAt[opening.step] : 0}
        />
      }
      clock={<Clock lot={lot} opening={opening} onZero={props.onZero} />}
      connection={props.connection}
    />
  );
}

/** `/halls/opening/:lotId` */
export function OpeningHall() {
  const t = useWords();
  const { lotId } = route.useParams();
  const lot = useQuery(lotQuery(lotId));
  const opening = useQuery(openingQuery(lotId));
  const queries = useQueryClient();
  const [log, setLog] = useState<readonly LiveEvent[]>([]);
  const readAgain = useCallback(
    () => void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === lotId }),
    [queries, lotId],
  );
  const connection = useLotLive(lot.data, (event) =>
    setLog((before) => (before.some(({ id }) => id === event.id) ? before : [...before, event])),
  );
  const at = opening.data ? Math.min(4, stepAt[opening.data.step]) : 0;
  useTitle(lot.data && `${t(`opening.step.${steps[at]!}` as WordKey)} · ${lot.data.name} · ${t("opening.hall")}`);
  return (
    <>
      <SandboxStrip wide />
      <Reading query={lot}>
        {(known) => (
          <>
            <Header lot={known} opening={opening.data ?? null} connection={connection} onZero={readAgain} />
            <main className="hall-page">
              <div className="column gap-24">
                <Board opening={opening.data ?? null} lotId={lotId} />
              </div>
              <Rail lot={known} log={log} />
            </main>
          </>
        )}
      </Reading>
    </>
  );
}
