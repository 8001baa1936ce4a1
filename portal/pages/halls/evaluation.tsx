/** The evaluation hall: a member sees the room, the others how far it is, the public that it is closed, and why. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type Progress, progressQuery, type Room, roomQuery } from "../../api/evaluation.ts";
import { useLotLive } from "../../api/lot-live.ts";
import { lotQuery } from "../../api/lot-reads.ts";
import { nextStepsQuery } from "../../api/queries.ts";
import { useSession } from "../../api/session.ts";
import { Ranking } from "../../features/evaluation/ranking.tsx";
import { RoomBids } from "../../features/evaluation/room-bids.tsx";
import { Card, Empty, Facts } from "../../ui/card.tsx";
import { HallHeader, HallSteps } from "../../ui/hall-header.tsx";
import { Digest, Law, Tag } from "../../ui/marks.tsx";
import { NextSteps } from "../../ui/next-steps.tsx";
import { Reading } from "../../ui/reading.tsx";
import { SandboxStrip, useTitle } from "../../ui/shell.tsx";
import { momentText } from "../../ui/time.ts";
import { useWords, type WordKey } from "../../words/index.ts";

const route = getRouteApi("/halls/evaluation/$lotId");
const steps = ["gather", "review", "score", "report", "done"] as const;

/** Which step runs, by the steps of the lot that are done. */
export function evaluationStep(done: readonly string[], begun: boolean): number {
  if (done.includes("evaluation.report")) return 5;
  if (done.includes("evaluation.score")) return 3;
  if (done.includes("evaluation.examine")) return 2;
  return begun ? 1 : 0;
}

function ProgressCard({ progress }: { readonly progress: Progress }) {
  const t = useWords();
  const of = (count: number) => `${count} / ${progress.seats}`;
  return (
    <Card title={t("evaluation.committee")}>
      <Facts
        rows={[
          [t("evaluation.seats"), String(progress.seats)],
          [t("evaluation.findingsDone"), of(progress.findings)],
          [t("evaluation.sheetsDone"), of(progress.sheets)],
          [t("evaluation.signaturesDone"), of(progress.signatures)],
        ]}
      />
    </Card>
  );
}

function Questions({ room }: { readonly room: Room }) {
  const t = useWords();
  if (room.questions.length === 0) return null;
  return (
    <Card title={t("evaluation.questions")}>
      <ol style={{ display: "grid", gap: 12 }}>
        {room.questions.map((question) => (
          <li key={question.no}>
            <p>
              <b>{question.bidderName}</b> <span className="caption third">{momentText(question.askedAt)}</span>
            </p>
            <p className="small">{question.text}</p>
            {question.answer ? (
              <p className="tint small" style={{ marginTop: 6 }}>
                {question.answer}
              </p>
            ) : (
              <Tag>{t("evaluation.answerDue", { time: momentText(question.dueAt) })}</Tag>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function RoomView({ room, lotId }: { readonly room: Room; readonly lotId: string }) {
  const t = useWords();
  return (
    <div className="column gap-24">
      <Card
        title={t("evaluation.bids")}
        aside={<Tag tone="primary">{room.isChair ? t("evaluation.chair") : t("evaluation.mySeat", { seat: room.seat })}</Tag>}
        flush
      >
        <RoomBids room={room} lotId={lotId} />
      </Card>
      {room.computed && (
        <Card
          title={t("evaluation.results")}
          aside={
            <span className="small second">
              {t("sign.digest")} <Digest value={room.computed.resultDigest} />
            </span>
          }
          flush
        >
          <Ranking ranking={room.computed.ranking} />
        </Card>
      )}
      <Questions room={room} />
    </div>
  );
}

function Closed() {
  const t = useWords();
  return (
    <Card title={t("evaluation.committee")}>
      <Empty title={t("evaluation.closed")} text={t("evaluation.closedText")} act={<Law>招标投标法 第三十八条</Law>} />
    </Card>
  );
}

/** `/halls/evaluation/:lotId` */
export function EvaluationHall() {
  const t = useWords();
  const { lotId } = route.useParams();
  const { me } = useSession();
  const lot = useQuery(lotQuery(lotId));
  const room = useQuery(roomQuery(lotId)).data ?? undefined;
  const progress = useQuery(progressQuery(lotId)).data?.progress ?? room?.progress;
  const next = useQuery({ ...nextStepsQuery(lotId, me?.role ?? ""), enabled: me !== undefined });
  const connection = useLotLive(lot.data);
  useTitle(lot.data && `${t("evaluation.hall")} · ${lot.data.name}`);
  return (
    <>
      <SandboxStrip wide />
      <Reading query={lot}>
        {(known) => (
          <>
            <HallHeader
              over={t("evaluation.hall")}
              title={known.name}
              under={room ? room.method.title : known.buyerName && `${t("lot.buyer")} ${known.buyerName}`}
              steps={
                <HallSteps
                  label={t("evaluation.hall")}
                  names={steps.map((step) => t(`evaluation.step.${step}` as WordKey))}
                  at={evaluationStep(known.doneSteps, room !== undefined)}
                />
              }
              clock={null}
              connection={connection}
            />
            <main className="hall-page">
              {room ? <RoomView room={room} lotId={lotId} /> : <Closed />}
              <aside className="column gap-24">
                {me && next.data && <NextSteps steps={next.data} role={me.role} inSession />}
                {progress && <ProgressCard progress={progress} />}
              </aside>
            </main>
          </>
        )}
      </Reading>
    </>
  );
}
