/** A lot in a workbench: everything the person may do on it now. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { useLive } from "../../api/live.ts";
import { lotQuery, nextStepsQuery } from "../../api/queries.ts";
import type { Me } from "../../api/types.ts";
import { TodoLine } from "../../ui/act-list.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { OwnSteps } from "../../ui/next-step-card.tsx";
import { Reading } from "../../ui/reading.tsx";
import { useTitle } from "../../ui/shell.tsx";
import { Tag } from "../../ui/marks.tsx";
import { Timeline } from "../../ui/timeline.tsx";
import { WorkShell } from "../../ui/work-shell.tsx";
import { useWords } from "../../words/index.ts";
import { RoleGuard } from "./guard.tsx";
import { roleWord, sideOf } from "./sides.ts";
import { byDue } from "./today.tsx";

const route = getRouteApi("/w/$role/lots/$lotId");

function LotActs({ me, lotId }: { readonly me: Me; readonly lotId: string }) {
  const t = useWords();
  const lot = useQuery(lotQuery(lotId));
  const steps = useQuery(nextStepsQuery(lotId));
  const queries = useQueryClient();
  useLive(`/lots/${lotId}/events`, useCallback(() => void queries.invalidateQueries(), [queries]));
  useTitle(lot.data?.name);
  return (
    <WorkShell role={roleWord(me.role)} entries={sideOf(me.role, 0)}>
      <Reading query={lot}>
        {(known) => (
          <>
            <div className="hello">
              <div><h1>{known.name}</h1><p><Tag tone="primary">{known.stageName}</Tag></p></div>
              <div className="row wrapping">
                <Link className="button" to="/notices/$lotId" params={{ lotId }}>{t("work.publicPage")}</Link>
                <Link className="button" to="/halls/opening/$lotId" params={{ lotId }}>{t("opening.hall")}</Link>
              </div>
            </div>
            <Timeline steps={known.timeline} />
          </>
        )}
      </Reading>
      <div className="with-rail" style={{ marginTop: 28 }}>
        <Card title={t("work.todo")} aside={<span className="small second">{t("work.byTime")}</span>} flush>
          <Reading query={steps}>
            {({ acts }) =>
              acts.length === 0 ? (
                <Empty title={t("act.none")} text={t("act.noneText")} />
              ) : (
                <>{byDue(acts).map((act, index) => <TodoLine key={act.act} act={{ ...act, lotId }} role={me.role} primary={index === 0} />)}</>
              )
            }
          </Reading>
        </Card>
        {steps.data && steps.data.progress.length > 0 && (
          <Card title={t("next.progress")}><OwnSteps steps={steps.data.progress} /></Card>
        )}
      </div>
    </WorkShell>
  );
}

/** `/w/:role/lots/:lotId` */
export function LotActsPage() {
  const { role, lotId } = route.useParams();
  return <RoleGuard role={role}>{(me) => <LotActs me={me} lotId={lotId} />}</RoleGuard>;
}
