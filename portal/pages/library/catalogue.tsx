/** The trading catalogue: the procedures of the grid, which of them are enabled, and the steps of each. */
import { useQuery } from "@tanstack/react-query";
import { catalogueQuery, type ProcedureLine } from "../../api/library.ts";
import { Card } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { Reading } from "../../ui/reading.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { useLanguage, useWords, type WordKey } from "../../words/index.ts";
import "./library-words.ts";

function Steps({ passes }: Pick<ProcedureLine, "passes">) {
  const t = useWords();
  return passes.map((steps, index) => (
    <p key={steps.map(({ step }) => step).join(" ")} className="small second" lang="zh-CN" style={{ marginTop: 6 }}>
      {passes.length > 1 && <b>{t("catalogue.pass", { number: index + 1 })} </b>}
      {steps.map(({ words, optional }) => words + (optional ? t("catalogue.optional") : "")).join(" → ")}
    </p>
  ));
}

function Domain({ domain, procedures }: { readonly domain: string; readonly procedures: readonly ProcedureLine[] }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <Card title={t(`rules.domain.${domain}` as WordKey)} flush>
      <ul>
        {procedures.map((procedure) => (
          <li key={procedure.code} style={{ padding: "14px 20px", borderTop: "1px solid var(--line-soft)" }}>
            <details>
              <summary style={{ minHeight: 32, cursor: "pointer" }}>
                <b>{language === "en" ? procedure.name.en : procedure.name.zh}</b>{" "}
                <Tag tone={procedure.enabled ? "ok" : "neutral"}>{t(procedure.enabled ? "catalogue.enabled" : "catalogue.notEnabled")}</Tag>{" "}
                <span className="caption third mono">{procedure.code}</span>
              </summary>
              <Steps passes={procedure.passes} />
            </details>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** `/catalogue` */
export function CataloguePage() {
  const t = useWords();
  const query = useQuery(catalogueQuery);
  useTitle(t("catalogue.title"));
  return (
    <PublicShell>
      <h1 className="page-title" style={{ marginTop: 24 }}>
        {t("catalogue.title")}
      </h1>
      <p className="second" style={{ maxWidth: 760 }}>
        {t("catalogue.lead")}
      </p>
      <Reading query={query}>
        {(procedures) => (
          <div className="column gap-20" style={{ marginTop: 16 }}>
            <p role="status" className="small second">
              {t("catalogue.count", { count: procedures.length, enabled: procedures.filter(({ enabled }) => enabled).length })}
            </p>
            {[...new Set(procedures.map(({ domain }) => domain))].map((domain) => (
              <Domain key={domain} domain={domain} procedures={procedures.filter((one) => one.domain === domain)} />
            ))}
          </div>
        )}
      </Reading>
    </PublicShell>
  );
}
