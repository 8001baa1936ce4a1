/** One act on a lot: its own page where one exists, else the generic act form. */
import { useQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { ActPanel } from "../../act-form/act-panel.tsx";
import { lotQuery, nextStepsQuery } from "../../api/queries.ts";
import type { Me, NextAct } from "../../api/types.ts";
import { Card, Empty } from "../../ui/card.tsx";
import { Reading } from "../../ui/reading.tsx";
import { useTitle } from "../../ui/shell.tsx";
import { WorkShell } from "../../ui/work-shell.tsx";
import { useWords } from "../../words/index.ts";
import { RoleGuard } from "./guard.tsx";
import { roleWord, sideOf } from "./sides.ts";
import { ownPages } from "./own-pages.tsx";

const route = getRouteApi("/w/$role/lots/$lotId/$act");

/** The act with its page. The act is held while it is being done, so that it does not vanish under its receipt. */
function Act({ act, lotId }: { readonly act: NextAct; readonly lotId: string }) {
  const [held] = useState(act);
  const Page = ownPages[held.act];
  if (Page) return <Page act={held} lotId={lotId} />;
  return <Card title={held.title}><ActPanel act={{ ...held, lotId }} /></Card>;
}

function ActOnLot({ me, lotId, act }: { readonly me: Me; readonly lotId: string; readonly act: string }) {
  const t = useWords();
  const lot = useQuery({ ...lotQuery(lotId), enabled: lotId !== "-" });
  const steps = useQuery(nextStepsQuery(lotId));
  const [held, setHeld] = useState<NextAct>();
  const found = held ?? steps.data?.acts.find((candidate) => candidate.act === act);
  if (found && !held) setHeld(found);
  useTitle(found && `${found.title} · ${lot.data?.name ?? ""}`);
  return (
    <WorkShell role={roleWord(me.role)} entries={sideOf(me.role, 0)}>
      <p className="small" style={{ marginBottom: 8 }}>
        <Link to="/w/$role/lots/$lotId" params={{ role: me.role, lotId }}>← {lot.data?.name ?? t("common.back")}</Link>
      </p>
      <div className="hello"><h1>{found?.title ?? t("act.unavailable")}</h1></div>
      <div style={{ maxWidth: 860 }}>
        {found ? (
          <Act act={found} lotId={lotId} />
        ) : (
          <Reading query={steps}>
            {() => (
              <section className="card">
                <Empty
                  title={t("act.unavailable")}
                  text={t("act.noneText")}
                  act={<Link className="button" to="/w/$role/lots/$lotId" params={{ role: me.role, lotId }}>{t("common.back")}</Link>}
                />
              </section>
            )}
          </Reading>
        )}
      </div>
    </WorkShell>
  );
}

/** `/w/:role/lots/:lotId/:act` */
export function ActPage() {
  const { role, lotId, act } = route.useParams();
  return <RoleGuard role={role}>{(me) => <ActOnLot key={lotId + act} me={me} lotId={lotId} act={act} />}</RoleGuard>;
}
