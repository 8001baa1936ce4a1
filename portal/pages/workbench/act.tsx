/** One act: its own page where one exists, else the generic act form. On a lot, or outside any lot. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, Suspense, useState } from "react";
import { ActPanel } from "../../act-form/act-panel.tsx";
import { lotQuery } from "../../api/lot-reads.ts";
import { nextStepsQuery, todoQuery } from "../../api/queries.ts";
import { serverNow } from "../../api/server-clock.ts";
import { suggestionFor } from "../../api/suggestions.ts";
import { documentQuery } from "../../api/tendering.ts";
import type { Me, NextAct } from "../../api/types.ts";
import { Card, Empty } from "../../ui/card.tsx";
import { useTitle } from "../../ui/shell.tsx";
import { WorkShell } from "../../ui/work-shell.tsx";
import { useWords } from "../../words/index.ts";
import { RoleGuard } from "./guard.tsx";
import { ownPages } from "./own-pages.tsx";
import { roleWord, sideOf } from "./sides.ts";

const lotRoute = getRouteApi("/w/$role/lots/$lotId/$act");
const freeRoute = getRouteApi("/w/$role/acts/$act");

type Frame = {
  readonly me: Me;
  /** The act as the server offers it now; undefined while unknown or when it is not possible. */
  readonly offered: NextAct | undefined;
  readonly known: boolean;
  readonly back: ReactNode;
};

/** The act is held while it is being done, so that it does not vanish under its own receipt. */
function ActFrame({ me, offered, known, back }: Frame) {
  const t = useWords();
  const [held, setHeld] = useState<NextAct>();
  const act = held ?? offered;
  if (offered && !held) setHeld(offered);
  useTitle(act && `${act.title}${act.lotName ? ` · ${act.lotName}` : ""}`);
  const Page = act && ownPages[act.act];
  return (
    <WorkShell role={roleWord(me.role)} entries={sideOf(me.role, 0)}>
      <p className="small" style={{ marginBottom: 8 }}>
        ← {back}
      </p>
      <div className="hello">
        <h1>{act?.title ?? (known ? t("act.unavailable") : t("state.loading"))}</h1>
      </div>
      <div style={{ maxWidth: Page ? undefined : 900 }}>
        {act &&
          (Page ? (
            <Suspense fallback={<p className="second">{t("state.loading")}</p>}>
              <Page act={act} lotId={act.lotId ?? ""} />
            </Suspense>
          ) : (
            <Card title={t("act.goOn")}>
              <ActPanel act={act} />
            </Card>
          ))}
        {!act && known && (
          <section className="card">
            <Empty title={t("act.unavailable")} text={t("act.noneText")} act={back} />
          </section>
        )}
      </div>
    </WorkShell>
  );
}

function ActOnLot(props: { readonly me: Me; readonly lotId: string; readonly name: string; readonly fill: unknown }) {
  const { me, lotId, name, fill } = props;
  const t = useWords();
  const lot = useQuery(lotQuery(lotId));
  const steps = useQuery(nextStepsQuery(lotId, me.role));
  const document = useQuery(documentQuery(lotId));
  const candidates = [...(steps.data?.due ?? []), ...(steps.data?.all ?? [])].filter(({ act }) => act === name);
  const chosen = candidates.find(({ suggested }) => JSON.stringify(suggested) === JSON.stringify(fill)) ?? candidates[0];
  const nowMs = serverNow() ?? 0;
  const suggested = suggestionFor(name, fill ?? chosen?.suggested, { document: document.data ?? undefined, nowMs });
  const offered = chosen && !document.isPending ? { ...chosen, suggested } : undefined;
  const back = (
    <Link to="/w/$role/lots/$lotId" params={{ role: me.role, lotId }}>
      {lot.data?.name ?? t("common.back")}
    </Link>
  );
  return <ActFrame me={me} offered={offered} known={!steps.isPending && !document.isPending} back={back} />;
}

function FreeAct({ me, name, fill }: { readonly me: Me; readonly name: string; readonly fill: unknown }) {
  const t = useWords();
  const todo = useQuery(todoQuery(me.role));
  const offered = todo.data?.free.find(({ act }) => act === name);
  const back = (
    <Link to="/w/$role" params={{ role: me.role }}>
      {t("work.of", { role: t(roleWord(me.role)) })}
    </Link>
  );
  return <ActFrame me={me} offered={offered && { ...offered, suggested: fill }} known={!todo.isPending} back={back} />;
}

/** `/w/:role/lots/:lotId/:act` */
export function ActPage() {
  const { role, lotId, act } = lotRoute.useParams();
  const { fill } = lotRoute.useSearch();
  const key = `${lotId} ${act} ${JSON.stringify(fill)}`;
  return <RoleGuard role={role}>{(me) => <ActOnLot key={key} me={me} lotId={lotId} name={act} fill={fill} />}</RoleGuard>;
}

/** `/w/:role/acts/:act` */
export function FreeActPage() {
  const { role, act } = freeRoute.useParams();
  const { fill } = freeRoute.useSearch();
  return <RoleGuard role={role}>{(me) => <FreeAct key={act} me={me} name={act} fill={fill} />}</RoleGuard>;
}
