/** The draw hall: can the result be steered? The page recomputes the record in the reader's own browser. */
import "../../words/draw-words.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback } from "react";
import { drawQuery } from "../../api/draws.ts";
import { useLotLive } from "../../api/lot-live.ts";
import { lotQuery } from "../../api/lot-reads.ts";
import { nextStepsQuery } from "../../api/queries.ts";
import { useServerNow } from "../../api/server-clock.ts";
import { useSession } from "../../api/session.ts";
import type { Draw } from "../../api/types.ts";
import { Candidates, Moments, Shares, Working } from "../../features/draw/draw-parts.tsx";
import { VerifyDraw } from "../../features/draw/verify-draw.tsx";
import { Card } from "../../ui/card.tsx";
import { Countdown } from "../../ui/countdown.tsx";
import { HallHeader, HallSteps } from "../../ui/hall-header.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Locked } from "../../ui/marks.tsx";
import { NextSteps } from "../../ui/next-steps.tsx";
import { Reading } from "../../ui/reading.tsx";
import { SandboxStrip, useTitle } from "../../ui/shell.tsx";
import { clockText } from "../../ui/time.ts";
import { useWords, type WordKey } from "../../words/index.ts";
import { NotFoundPage } from "../public/not-found.tsx";

const route = getRouteApi("/halls/draw/$drawId");
const allSteps = ["list", "commit", "reveal", "beacon", "result"] as const;

function stepsOf(draw: Draw): readonly (typeof allSteps)[number][] {
  return draw.mode === 0 ? allSteps.filter((step) => step !== "beacon") : allSteps;
}

function Clock({ draw, onZero }: { readonly draw: Draw; readonly onZero: () => void }) {
  const t = useWords();
  const { commitEnd, revealEnd, resultAt } = draw.moments;
  if (draw.step === "result" && resultAt) {
    return (
      <>
        <p className="under">{t("draw.done")}</p>
        <p className="big calm">{clockText(resultAt)}</p>
      </>
    );
  }
  const until = draw.step === "reveal" ? revealEnd : commitEnd;
  const word: WordKey = draw.step === "reveal" ? "draw.revealEnd" : "draw.commitEnd";
  if (!until) return null;
  return (
    <>
      <p className="under">{t(word)}</p>
      <p>
        <Countdown className="big" until={until} label={t(word)} onZero={onZero} />
      </p>
    </>
  );
}

function Result({ draw }: { readonly draw: Draw }) {
  const t = useWords();
  const text = draw.resultText ?? t("draw.pending");
  return (
    <section className="draw-result" aria-label={t("draw.result")}>
      <div className="row apart wrapping" style={{ alignItems: "end" }}>
        <div>
          <h2>{t("draw.result")}</h2>
          {draw.sealed && !draw.resultText ? (
            <p className="value long">{t("draw.sealedTitle")}</p>
          ) : (
            <p className={`value ${text.length > 10 ? "long" : ""}`} role="status">
              {text}
            </p>
          )}
        </div>
        <p className="small" style={{ color: "#D5E5E8", maxWidth: 330 }}>
          {draw.sealed && !draw.resultText ? t("draw.sealedText") : t("draw.noSteer", { count: draw.shares.length })}
        </p>
      </div>
      <Candidates draw={draw} />
    </section>
  );
}

function Main({ draw }: { readonly draw: Draw }) {
  const t = useWords();
  const now = useServerNow();
  return (
    <div className="column gap-24">
      <Result draw={draw} />
      {draw.voidReason && (
        <p className="refusal reason" role="status">
          {t("draw.voided", { reason: draw.voidReason })}
        </p>
      )}
      {draw.failure && (
        <p className="refusal" role="status">
          {t("draw.failed", { code: draw.failure })}
        </p>
      )}
      <Card title={t("draw.how")} aside={<span className="small second">{t("draw.algorithm")}</span>} flush>
        <Working draw={draw} />
      </Card>
      <Card title={t("draw.why")} flush>
        <Moments draw={draw} now={now} />
        <p className="small second" style={{ padding: "0 20px 16px" }}>
          {t("draw.whyNote")} {draw.limits.join(" ")}
        </p>
      </Card>
    </div>
  );
}

function Rail({ draw }: { readonly draw: Draw }) {
  const t = useWords();
  const { me } = useSession();
  const next = useQuery({ ...nextStepsQuery(draw.lotId, me?.role ?? ""), enabled: me !== undefined });
  return (
    <aside className="column gap-24">
      {me && next.data?.due.some(({ stage }) => stage === "draw") && (
        <NextSteps
          steps={{ ...next.data, due: next.data.due.filter(({ stage }) => stage === "draw"), possible: [] }}
          role={me.role}
          inSession
        />
      )}
      {me && draw.state === "prepared" && !draw.sealed && me.role === "bidder" && (
        <Card title={t("draw.join")}>
          <p className="small second">{t("draw.joinText")}</p>
          <p style={{ marginTop: 10 }}>
            <Link
              className="button primary"
              to="/w/$role/lots/$lotId/$act"
              params={{ role: me.role, lotId: draw.lotId, act: "drw.join" }}
              search={{ fill: { drawId: draw.drawId } }}
            >
              {t("draw.join")}
            </Link>
          </p>
        </Card>
      )}
      <Card title={t("draw.shares")} aside={<span className="small second">{t("draw.sharesNote")}</span>} flush>
        <Shares draw={draw} />
        <p className="caption second" style={{ padding: "10px 20px 14px", borderTop: "1px solid var(--line-soft)" }}>
          {t("draw.missingNote")}
        </p>
      </Card>
      <Card title={t("draw.proof")}>
        <p className="small second">{t("draw.proofText")}</p>
        {draw.proofHref ? (
          <>
            <p className="row wrapping" style={{ margin: "12px 0" }}>
              <a className="button" href={draw.proofHref} download>
                <Icon name="download" />
                {t("draw.proofDownload")}
              </a>
              <button className="button" type="button" onClick={() => window.print()}>
                <Icon name="print" />
                {t("common.print")}
              </button>
            </p>
            <VerifyDraw href={draw.proofHref} />
            <p className="small" style={{ marginTop: 8 }}>
              <Link className="underlined" to="/verify" search={{ id: draw.drawId }}>
                {t("lot.verifyPage")}
              </Link>
            </p>
          </>
        ) : (
          <p style={{ marginTop: 10 }}>
            <Locked>{draw.sealed ? t("draw.sealedText") : t("draw.pending")}</Locked>
          </p>
        )}
      </Card>
    </aside>
  );
}

/** `/halls/draw/:drawId` */
export function DrawHall() {
  const t = useWords();
  const { drawId } = route.useParams();
  const query = useQuery(drawQuery(drawId));
  const lot = useQuery({ ...lotQuery(query.data?.lotId ?? ""), enabled: query.data != null });
  const queries = useQueryClient();
  const readAgain = useCallback(() => void queries.invalidateQueries({ queryKey: ["draw", drawId] }), [queries, drawId]);
  const connection = useLotLive(lot.data);
  useTitle(query.data ? `${query.data.title} · ${t("draw.hall")}` : undefined);
  if (query.data === null) return <NotFoundPage />;
  return (
    <>
      <SandboxStrip wide />
      <Reading query={query}>
        {(draw) =>
          draw && (
            <>
              <HallHeader
                over={
                  <>
                    {t("draw.hall")} ·{" "}
                    <Link to="/notices/$lotId" params={{ lotId: draw.lotId }}>
                      {t("work.publicPage")}
                    </Link>
                  </>
                }
                title={draw.title}
                under={lot.data?.name}
                steps={
                  <HallSteps
                    label={t("draw.hall")}
                    names={stepsOf(draw).map((step) => t(`draw.step.${step}` as WordKey))}
                    at={(stepsOf(draw) as readonly string[]).indexOf(draw.step)}
                  />
                }
                clock={<Clock draw={draw} onZero={readAgain} />}
                connection={connection}
              />
              <main className="hall-page draw">
                <Main draw={draw} />
                <Rail draw={draw} />
              </main>
            </>
          )
        }
      </Reading>
    </>
  );
}
