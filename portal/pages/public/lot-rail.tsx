/** The rail of a lot: next step, questions and objection, papers, changes, deal code. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { nextStepsQuery } from "../../api/queries.ts";
import { useSession } from "../../api/session.ts";
import { papersQuery } from "../../api/stages.ts";
import { changesQuery } from "../../api/tendering.ts";
import type { Lot } from "../../api/types.ts";
import { Card } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { NextSteps } from "../../ui/next-steps.tsx";
import { momentText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";

function AskOrObject({ lot }: { readonly lot: Lot }) {
  const t = useWords();
  const { me } = useSession();
  return (
    <section className="card" style={{ padding: "16px 20px" }}>
      <h2 style={{ marginBottom: 6 }}>{t("lot.question")}</h2>
      <p className="small second">{t("lot.questionText")}</p>
      <p style={{ marginTop: 12 }}>
        <Link className="button" to={me ? "/w/$role/lots/$lotId" : "/sandbox"} params={{ role: me?.role ?? "bidder", lotId: lot.lotId }}>
          {t("lot.ask")}
        </Link>
      </p>
    </section>
  );
}

function Changes({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const { data: changes = [] } = useQuery(changesQuery(lotId));
  return (
    <section className="card" style={{ padding: "16px 20px" }}>
      <h2>{t("lot.changes")}</h2>
      {changes.length === 0 ? (
        <p className="small second" style={{ marginTop: 6 }}>
          {t("lot.noChanges")}
        </p>
      ) : (
        <ul className="changes">
          {changes.map((change) => (
            <li key={change.name + change.at}>
              <b>{change.name}</b> <span className="caption third">{momentText(change.at)}</span>
              <br />
              <span className="small second">{change.text}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Papers({ lotId }: { readonly lotId: string }) {
  const t = useWords();
  const { data: papers = [] } = useQuery(papersQuery(lotId));
  if (papers.length === 0) return null;
  return (
    <Card title={t("lot.papers")}>
      <ul style={{ display: "grid", gap: 10 }}>
        {papers.map((paper) => (
          <li key={paper.href} className="row apart">
            <a href={paper.href} target="_blank" rel="noreferrer">
              <Icon name="document" /> {paper.name}
            </a>
            <span className="caption third">{paper.on}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Code({ lot }: { readonly lot: Lot }) {
  const t = useWords();
  if (!lot.dealCode) return null;
  return (
    <section className="card no-print" style={{ padding: "16px 20px" }}>
      <p className="caption third">{t("lot.dealCode")}</p>
      <p className="mono break-all">{lot.dealCode}</p>
      <p className="row" style={{ marginTop: 10 }}>
        <button className="button small" type="button" onClick={() => window.print()}>
          <Icon name="print" />
          {t("common.print")}
        </button>
        <Link className="button small" to="/notices/$lotId" params={{ lotId: lot.lotId }} search={{ tab: "record" }}>
          <Icon name="code" />
          {t("lot.verify")}
        </Link>
      </p>
    </section>
  );
}

/** The rail. The next step stands first and has the one primary button of the page. */
export function LotRail({ lot }: { readonly lot: Lot }) {
  const { me } = useSession();
  const steps = useQuery({ ...nextStepsQuery(lot.lotId, me?.role ?? ""), enabled: me !== undefined });
  return (
    <aside className="column gap-20">
      {me && steps.data && <NextSteps steps={steps.data} role={me.role} />}
      <AskOrObject lot={lot} />
      <Papers lotId={lot.lotId} />
      <Changes lotId={lot.lotId} />
      <Code lot={lot} />
    </aside>
  );
}
