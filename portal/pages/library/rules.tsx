/** The rule library: each rule with article, confidence and whether the platform checks it. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { type RuleLine, ruleLinesQuery, rulesFound } from "../../api/library.ts";
import { Empty } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { Reading } from "../../ui/reading.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { useLanguage, useWords, type WordKey } from "../../words/index.ts";
import "./library-words.ts";

const route = getRouteApi("/rules");
const domains = ["construction", "cross_domain", "government_procurement", "property_rights", "assets_resources", "land_mineral"] as const;

/** A rule's text in the language of the page; the Chinese one is the law. */
export function useRuleText(): (words: RuleLine["words"]) => string {
  const language = useLanguage();
  return (words) => (language === "en" ? words.en : words.zh);
}

function Line({ rule }: { readonly rule: RuleLine }) {
  const t = useWords();
  const textOf = useRuleText();
  return (
    <tr>
      <td>
        <span>
          <Link className="title" to="/rules/$ruleId" params={{ ruleId: rule.id }}>
            {textOf(rule.words)}
          </Link>
          <br />
          <span className="caption third" lang="zh-CN">
            {rule.law} {rule.article}
          </span>
        </span>
      </td>
      <td className="one-line" data-label={t("common.status")}>
        <span>
          <Tag tone={rule.check === "checked" ? "ok" : "neutral"}>{t(`rules.check.${rule.check}`)}</Tag>{" "}
          {rule.confidence === "verify" && <Tag tone="warning">{t("rules.unconfirmed")}</Tag>}
        </span>
      </td>
      <td className="mono small" data-label={t("refusal.rule")}>
        {rule.id}
      </td>
    </tr>
  );
}

function Domains({ chosen, q }: { readonly chosen: string | undefined; readonly q: string | undefined }) {
  const t = useWords();
  const words = q ? { q } : {};
  return (
    <nav className="tabs" aria-label={t("rules.title")}>
      <Link to="/rules" search={words} {...(chosen === undefined ? { "aria-current": "page" as const } : {})}>
        {t("rules.all")}
      </Link>
      {domains.map((domain) => (
        <Link key={domain} to="/rules" search={{ ...words, domain }} {...(chosen === domain ? { "aria-current": "page" as const } : {})}>
          {t(`rules.domain.${domain}` as WordKey)}
        </Link>
      ))}
    </nav>
  );
}

/** `/rules` */
export function RulesPage() {
  const t = useWords();
  const { q, domain } = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(ruleLinesQuery);
  useTitle(t("rules.title"));
  const type = (typed: string) =>
    void navigate({ to: "/rules", search: { ...(typed ? { q: typed } : {}), ...(domain ? { domain } : {}) }, replace: true });
  return (
    <PublicShell>
      <h1 className="page-title" style={{ marginTop: 24 }}>
        {t("rules.title")}
      </h1>
      <p className="second" style={{ maxWidth: 760, marginBottom: 16 }}>
        {t("rules.lead")}
      </p>
      <Reading query={query}>
        {(all) => {
          const found = rulesFound(all, q ?? "", domain);
          return (
            <section className="card">
              <Domains chosen={domain} q={q} />
              <div className="body row apart wrapping">
                <input
                  className="input"
                  type="search"
                  style={{ maxWidth: 420 }}
                  aria-label={t("rules.search")}
                  placeholder={t("rules.search")}
                  value={q ?? ""}
                  onChange={(event) => type(event.target.value)}
                />
                <span role="status" className="small second">
                  {t("rules.count", { count: found.length })}
                </span>
              </div>
              {found.length === 0 ? (
                <Empty title={t("rules.none")} text={t("rules.noneText")} />
              ) : (
                <table className="notices stacks">
                  <caption className="only-readers">{t("rules.title")}</caption>
                  <tbody>
                    {found.map((rule) => (
                      <Line key={rule.id} rule={rule} />
                    ))}
                  </tbody>
                </table>
              )}
            </section>
          );
        }}
      </Reading>
    </PublicShell>
  );
}
