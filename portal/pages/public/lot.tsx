/** One lot has one page for all roles; roles see more of it, not another one (portal.md §1). */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useLotLive } from "../../api/lot-live.ts";
import { lotQuery } from "../../api/lot-reads.ts";
import type { Lot } from "../../api/types.ts";
import { RecordPanel } from "../../features/archive/record-panel.tsx";
import { ResultPanel } from "../../features/award/result-panel.tsx";
import { ContractPanel } from "../../features/contract/contract-panel.tsx";
import { OpeningPanel } from "../../features/opening/opening-panel.tsx";
import { Documents, NoticeText } from "../../features/tendering/notice-text.tsx";
import { Questions } from "../../features/tendering/questions.tsx";
import { Tag } from "../../ui/marks.tsx";
import { Reading } from "../../ui/reading.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { momentText } from "../../ui/time.ts";
import { Timeline } from "../../ui/timeline.tsx";
import { useWords, type WordKey } from "../../words/index.ts";
import { LotRail } from "./lot-rail.tsx";
import { type LotTab, lotTabs } from "./lot-tabs.ts";

const route = getRouteApi("/notices/$lotId");

function panel(tab: LotTab, lot: Lot): ReactNode {
  if (tab === "documents") return <Documents lotId={lot.lotId} />;
  if (tab === "questions") return <Questions lotId={lot.lotId} />;
  if (tab === "opening") return <OpeningPanel lot={lot} />;
  if (tab === "result") return <ResultPanel lotId={lot.lotId} />;
  if (tab === "contract") return <ContractPanel lotId={lot.lotId} />;
  if (tab === "record") return <RecordPanel lotId={lot.lotId} />;
  return <NoticeText lotId={lot.lotId} />;
}

function Tabs({ lot, tab }: { readonly lot: Lot; readonly tab: LotTab }) {
  const t = useWords();
  return (
    <nav className="tabs" aria-label={lot.name}>
      {lotTabs.map((name) => (
        <Link
          key={name}
          to="/notices/$lotId"
          params={{ lotId: lot.lotId }}
          search={{ tab: name }}
          {...(name === tab ? { "aria-current": "page" as const } : {})}
        >
          {t(`lot.tab.${name}` as WordKey)}
        </Link>
      ))}
    </nav>
  );
}

function Head({ lot }: { readonly lot: Lot }) {
  const t = useWords();
  const people = [
    lot.buyerName && `${t("lot.buyer")} ${lot.buyerName}`,
    lot.agentName && `${t("lot.agent")} ${lot.agentName}`,
    lot.supervisorName && `${t("lot.supervisor")} ${lot.supervisorName}`,
  ].filter(Boolean);
  return (
    <>
      <nav className="crumb" aria-label={t("notices.title")}>
        <Link to="/notices">{t("notices.title")}</Link> / {lot.kind}
        {lot.place && ` / ${lot.place}`}
      </nav>
      <h1 className="page-title">{lot.name}</h1>
      <div className="meta">
        <Tag tone="primary">{lot.stageName}</Tag>
        {people.map((text, index) => (
          <span key={text as string}>
            {index > 0 && "· "}
            {text}
          </span>
        ))}
      </div>
      {lot.holds.map((hold) => (
        <p key={hold.since} className="refusal reason" style={{ marginTop: 12 }}>
          {t("lot.suspended", { reason: hold.cause })}（{momentText(hold.since)}）
        </p>
      ))}
      <Timeline steps={lot.timeline} />
    </>
  );
}

/** `/notices/:lotId` */
export function LotPage() {
  const { lotId } = route.useParams();
  const { tab = "overview" } = route.useSearch();
  const query = useQuery(lotQuery(lotId));
  useLotLive(query.data);
  useTitle(query.data && `${query.data.stageName} · ${query.data.name}`);
  return (
    <PublicShell>
      <Reading query={query}>
        {(lot) => (
          <>
            <Head lot={lot} />
            <div className="lot-main">
              <article className="card">
                <Tabs lot={lot} tab={tab} />
                {panel(tab, lot)}
              </article>
              <LotRail lot={lot} />
            </div>
          </>
        )}
      </Reading>
    </PublicShell>
  );
}
