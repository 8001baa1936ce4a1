/** One rule: its text and article, its values by date, where the platform checks it, and how sure we are of it. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { figuresOf, type RuleVersion, type WholeRule, wholeRuleQuery } from "../../api/library.ts";
import { Card } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { Reading } from "../../ui/reading.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { useLanguage, useWords, type WordKey } from "../../words/index.ts";
import "./library-words.ts";
import { useRuleText } from "./rules.tsx";

const route = getRouteApi("/rules/$ruleId");

function Version({ version }: { readonly version: RuleVersion }) {
  const t = useWords();
  const figures = figuresOf(version);
  return (
    <li style={{ padding: "10px 0", borderTop: "1px solid var(--line-soft)" }}>
      <p className="small second">
        {version.inForceFrom && t("rules.inForce", { from: version.inForceFrom })}
        {version.inForceTo && ` ${t("rules.until", { to: version.inForceTo })}`} · {t("rules.asOf", { date: version.asOf })}
      </p>
      {figures.length === 0 && <p>{t("rules.noValue")}</p>}
      {figures.map(({ value, unit, operator }) => (
        <p key={`${operator} ${value} ${unit}`}>
          {operator && operator !== "value" && t(`rules.op.${operator}` as WordKey)}{" "}
          <b style={{ fontSize: 20 }}>{Number(value).toLocaleString("en-US", { maximumFractionDigits: 6 })}</b>{" "}
          {t(`unit.${unit}` as WordKey)}
        </p>
      ))}
    </li>
  );
}

function Engineering({ title, notes }: { readonly title: string; readonly notes: readonly string[] }) {
  const t = useWords();
  if (notes.length === 0) return null;
  return (
    <>
      <h3 className="field-label" style={{ marginTop: 14 }}>
        {title}
      </h3>
      {notes.map((note) => (
        <p key={note} lang="en" className="small">
          {note}
        </p>
      ))}
      <p className="caption third">{t("rules.engineering")}</p>
    </>
  );
}

function Where({ rule }: { readonly rule: WholeRule }) {
  const t = useWords();
  const notes = useLanguage() === "en" || rule.claims.length > 0 || rule.reason !== null;
  return (
    <Card title={t("rules.where")} aside={<Tag tone={rule.check === "checked" ? "ok" : "neutral"}>{t(`rules.check.${rule.check}`)}</Tag>}>
      <h3 className="field-label">{t("rules.steps")}</h3>
      <p lang="zh-CN">{rule.steps.length > 0 ? rule.steps.map(({ words }) => words).join("、") : t("rules.everyStep")}</p>
      {rule.refusals.length > 0 && (
        <>
          <h3 className="field-label" style={{ marginTop: 14 }}>
            {t("rules.refusals")}
          </h3>
          <p className="mono small break-all">{rule.refusals.join("　")}</p>
        </>
      )}
      {notes && <Engineering title={t("rules.shape")} notes={rule.claims} />}
      {notes && <Engineering title={t("rules.reason")} notes={rule.reason ? [rule.reason] : []} />}
    </Card>
  );
}

/** `/rules/:ruleId` */
export function RulePage() {
  const t = useWords();
  const { ruleId } = route.useParams();
  const query = useQuery(wholeRuleQuery(ruleId));
  const textOf = useRuleText();
  useTitle(query.data && `${query.data.id} · ${t("rules.title")}`);
  return (
    <PublicShell>
      <Reading query={query}>
        {(rule) => (
          <>
            <nav className="crumb" aria-label={t("rules.title")}>
              <Link to="/rules">{t("rules.title")}</Link> / {t(`rules.domain.${rule.domain}` as WordKey)} / {rule.id}
            </nav>
            <h1 className="page-title" style={{ maxWidth: 900 }}>
              {textOf(rule.words)}
            </h1>
            <p className="meta">
              {rule.confidence === "verify" && <Tag tone="warning">{t("rules.unconfirmed")}</Tag>}
              <span lang="zh-CN">
                {rule.law} {rule.article}
              </span>
            </p>
            <div className="lot-main" style={{ marginTop: 20 }}>
              <div className="column gap-20">
                <Where rule={rule} />
              </div>
              <aside className="column gap-20">
                <Card title={t("rules.values")}>
                  <ul>
                    {rule.versions.map((version) => (
                      <Version key={version.inForceFrom} version={version} />
                    ))}
                  </ul>
                </Card>
                <Card title={t("rules.confidence")}>
                  <p>{t(`rules.confidence.${rule.confidence}` as WordKey)}</p>
                </Card>
              </aside>
            </div>
          </>
        )}
      </Reading>
    </PublicShell>
  );
}
