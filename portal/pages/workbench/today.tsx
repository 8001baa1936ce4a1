/** A workbench: what today, until when; then my lots. One page for every role, filled by the server's answer. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { todoQuery } from "../../api/queries.ts";
import { useServerNow } from "../../api/server-clock.ts";
import type { Me, NextAct } from "../../api/types.ts";
import { AdmissionDesk } from "../../features/catalogue/admission-desk.tsx";
import { RefundDesk } from "../../features/deposit/refund-desk.tsx";
import { RunningLots, TodoLine, UrgentBand } from "../../ui/act-list.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { Law, Locked } from "../../ui/marks.tsx";
import { ActLink, byDue } from "../../ui/next-steps.tsx";
import { Reading } from "../../ui/reading.tsx";
import { useTitle } from "../../ui/shell.tsx";
import { shanghaiParts } from "../../ui/time.ts";
import { WorkShell } from "../../ui/work-shell.tsx";
import { useWords, type WordKey } from "../../words/index.ts";
import { RoleGuard } from "./guard.tsx";
import { roleWord, sideOf } from "./sides.ts";

const route = getRouteApi("/w/$role");
const dayMs = 86_400_000;

function greeting(now: number | undefined): WordKey {
  const hour = now === undefined ? 9 : shanghaiParts(now).hour;
  return hour < 12 ? "work.morning" : hour < 18 ? "work.afternoon" : "work.evening";
}

function Hello({ me, count }: { readonly me: Me; readonly count: number }) {
  const t = useWords();
  const now = useServerNow();
  return (
    <div className="hello">
      <div>
        <h1>{t(greeting(now), { name: me.personName })}</h1>
        <p className="second">{count > 0 ? t("work.count", { count }) : t("work.countNone")}</p>
      </div>
      <div className="row wrapping">
        <Link className="button" to="/halls">
          {t("nav.halls")}
        </Link>
        {me.role === "bidder" && (
          <Link className="button" to="/notices">
            {t("work.find")}
          </Link>
        )}
      </div>
    </div>
  );
}

function Sealed() {
  const t = useWords();
  return (
    <Card title={t("work.hiddenCounts")}>
      <ul style={{ display: "grid", gap: 10 }} className="small">
        <li>
          <Locked>{t("work.hiddenBids")}</Locked>
          <br />
          <Law>电子招标投标办法 第二十八条</Law>
        </li>
        <li>
          <Locked>{t("work.hiddenTakers")}</Locked>
          <br />
          <Law>招标投标法 第二十二条</Law>
        </li>
      </ul>
    </Card>
  );
}

function Begin({ acts, role }: { readonly acts: readonly NextAct[]; readonly role: string }) {
  const t = useWords();
  return (
    <Card title={t("work.begin")}>
      <ul style={{ display: "grid", gap: 10 }}>
        {acts.map((act) => (
          <li key={act.act}>
            <ActLink act={act} role={role} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Today({ me }: { readonly me: Me }) {
  const t = useWords();
  const query = useQuery(todoQuery(me.role));
  const now = useServerNow();
  const acts = byDue(query.data?.due ?? []);
  const first = acts[0];
  const urgent =
    first?.dueAt !== undefined && now !== undefined && Date.parse(first.dueAt) - now < dayMs && Date.parse(first.dueAt) > now
      ? first
      : undefined;
  const others = urgent ? acts.slice(1) : acts;
  useTitle(t("work.of", { role: t(roleWord(me.role)) }));
  return (
    <WorkShell role={roleWord(me.role)} entries={sideOf(me.role, acts.length)}>
      <Reading query={query}>
        {(todo) => (
          <>
            <Hello me={me} count={acts.length} />
            {urgent && <UrgentBand act={urgent} role={me.role} />}
            <div className="with-rail" style={{ marginTop: urgent ? 24 : 0 }}>
              <div className="column gap-24">
                {/* The one thing that presses stands above; a list without anything else to say is not shown. */}
                {(others.length > 0 || acts.length === 0) && (
                  <Card title={t("work.todo")} aside={<span className="small second">{t("work.byTime")}</span>} flush>
                    {others.map((act, index) => (
                      <TodoLine key={`${act.act} ${act.lotId} ${act.title}`} act={act} role={me.role} primary={!urgent && index === 0} />
                    ))}
                    {acts.length === 0 && <Empty title={t("work.noTodo")} text={t("work.noTodoText")} />}
                  </Card>
                )}
                {["buyer", "agent", "centre"].includes(me.role) && <AdmissionDesk role={me.role} />}
                {(me.role === "cashier" || me.role === "accountant") && <RefundDesk role={me.role} />}
                <Card title={t("work.running")} flush>
                  {todo.lots.length > 0 ? (
                    <RunningLots lots={todo.lots} role={me.role} />
                  ) : (
                    <Empty title={t("work.noLots")} text={t("work.noLotsText")} />
                  )}
                </Card>
              </div>
              <div className="column gap-24">
                {todo.free.length > 0 && <Begin acts={todo.free} role={me.role} />}
                <Sealed />
              </div>
            </div>
          </>
        )}
      </Reading>
    </WorkShell>
  );
}

/** `/w/:role` */
export function TodayPage() {
  const { role } = route.useParams();
  return <RoleGuard role={role}>{(me) => <Today me={me} />}</RoleGuard>;
}
