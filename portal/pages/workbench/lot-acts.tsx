/** A lot in a workbench: everything the person may do on it now. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useLotLive } from "../../api/lot-live.ts";
import { lotQuery } from "../../api/lot-reads.ts";
import { nextStepsQuery } from "../../api/queries.ts";
import type { Lot, Me, NextAct } from "../../api/types.ts";
import { AwardDeskCard, OutcomeCard } from "../../features/award/award-desk.tsx";
import { CeremonyProgress } from "../../features/ceremony/take-part.tsx";
import { CommitteeCard } from "../../features/committee/committee-card.tsx";
import { ContractTextCard } from "../../features/contract/contract-text.tsx";
import { LotDepositsCard } from "../../features/deposit/lot-deposits.tsx";
import { OwnDepositCard } from "../../features/deposit/own-deposit.tsx";
import { CasesCard } from "../../features/remedy/cases-card.tsx";
import { TodoLine } from "../../ui/act-list.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { ActLink, byDue } from "../../ui/next-steps.tsx";
import { Reading } from "../../ui/reading.tsx";
import { useTitle } from "../../ui/shell.tsx";
import { Timeline } from "../../ui/timeline.tsx";
import { WorkShell } from "../../ui/work-shell.tsx";
import { useWords } from "../../words/index.ts";
import { RoleGuard } from "./guard.tsx";
import { roleWord, sideOf } from "./sides.ts";

const route = getRouteApi("/w/$role/lots/$lotId");

function Head({ lot, role }: { readonly lot: Lot; readonly role: string }) {
  const t = useWords();
  return (
    <div className="hello">
      <div>
        <h1>{lot.name}</h1>
        <p>
          <Tag tone="primary">{lot.stageName}</Tag>
        </p>
      </div>
      <div className="row wrapping">
        <Link className="button" to="/notices/$lotId" params={{ lotId: lot.lotId }}>
          {t("work.publicPage")}
        </Link>
        <Link className="button" to="/halls/opening/$lotId" params={{ lotId: lot.lotId }}>
          {t("opening.hall")}
        </Link>
        {role === "supervisor" && (
          <Link className="button" to="/w/$role/lots/$lotId/replay" params={{ role, lotId: lot.lotId }}>
            {t("work.replay")}
          </Link>
        )}
      </div>
    </div>
  );
}

function Possible({ acts, role }: { readonly acts: readonly NextAct[]; readonly role: string }) {
  const t = useWords();
  return (
    <Card title={t("work.possible")}>
      <p className="caption second" style={{ marginBottom: 10 }}>
        {t("work.possibleNote")}
      </p>
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

function LotActs({ me, lotId }: { readonly me: Me; readonly lotId: string }) {
  const t = useWords();
  const lot = useQuery(lotQuery(lotId));
  const steps = useQuery(nextStepsQuery(lotId, me.role));
  useLotLive(lot.data);
  useTitle(lot.data?.name);
  return (
    <WorkShell role={roleWord(me.role)} entries={sideOf(me.role, 0)}>
      <Reading query={lot}>
        {(known) => (
          <>
            <Head lot={known} role={me.role} />
            <Timeline steps={known.timeline} />
          </>
        )}
      </Reading>
      <Reading query={steps}>
        {({ due, possible }) => (
          <div className="with-rail" style={{ marginTop: 28 }}>
            <div className="column gap-24">
              <Card title={t("work.todo")} aside={<span className="small second">{t("work.byTime")}</span>} flush>
                {due.length === 0 && <Empty title={t("act.none")} text={t("act.noneText")} />}
                {byDue(due).map((act, index) => (
                  <TodoLine key={act.act + act.title} act={act} role={me.role} primary={index === 0} />
                ))}
              </Card>
              <OutcomeCard lotId={lotId} />
              <AwardDeskCard lotId={lotId} />
              <ContractTextCard lotId={lotId} />
              <CasesCard lotId={lotId} role={me.role} />
              {me.role !== "bidder" && <CeremonyProgress lotId={lotId} />}
              {me.role !== "bidder" && <LotDepositsCard lotId={lotId} />}
            </div>
            <div className="column gap-24">
              <Possible acts={possible} role={me.role} />
              <OwnDepositCard lotId={lotId} />
              <CommitteeCard lotId={lotId} />
            </div>
          </div>
        )}
      </Reading>
    </WorkShell>
  );
}

/** `/w/:role/lots/:lotId` */
export function LotActsPage() {
  const { role, lotId } = route.useParams();
  return <RoleGuard role={role}>{(me) => <LotActs me={me} lotId={lotId} />}</RoleGuard>;
}
