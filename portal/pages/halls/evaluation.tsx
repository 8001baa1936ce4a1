/** The evaluation hall: committee and supervisors only; everybody else sees that it is closed, and why. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { useLive } from "../../api/live.ts";
import { lotQuery, nextStepsQuery } from "../../api/queries.ts";
import { useSession } from "../../api/session.ts";
import { Card, Empty } from "../../ui/card.tsx";
import { HallHeader, HallSteps } from "../../ui/hall-header.tsx";
import { Law } from "../../ui/marks.tsx";
import { NextSteps } from "../../ui/next-steps.tsx";
import { Reading } from "../../ui/reading.tsx";
import { SandboxStrip, useTitle } from "../../ui/shell.tsx";
import { useWords, type WordKey } from "../../words/index.ts";

const route = getRouteApi("/halls/evaluation/$lotId");
const steps = ["gather", "review", "score", "report", "done"] as const;

/** `/halls/evaluation/:lotId` */
export function EvaluationHall() {
  const t = useWords();
  const { lotId } = route.useParams();
  const { me } = useSession();
  const lot = useQuery(lotQuery(lotId));
  const next = useQuery({ ...nextStepsQuery(lotId, me?.role ?? ""), enabled: me !== undefined });
  const queries = useQueryClient();
  const connection = useLive(lotId, useCallback(() => void queries.invalidateQueries(), [queries]));
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
              under={known.buyerName && `${t("lot.buyer")} ${known.buyerName}`}
              steps={<HallSteps label={t("evaluation.hall")} names={steps.map((step) => t(`evaluation.step.${step}` as WordKey))} at={0} />}
              clock={null}
              connection={connection}
            />
            <main className="hall-page">
              <Card title={t("evaluation.committee")}>
                <Empty title={t("evaluation.closed")} text={t("evaluation.closedText")} act={<Law>招标投标法 第三十八条</Law>} />
              </Card>
              <aside className="column gap-24">
                {me && next.data && <NextSteps steps={next.data} role={me.role} inSession />}
              </aside>
            </main>
          </>
        )}
      </Reading>
    </>
  );
}
