/** Help: a list of articles, and one of them. */
import { getRouteApi, Link } from "@tanstack/react-router";
import { Card } from "../../ui/card.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { useLanguage, useWords } from "../../words/index.ts";
import { NotFoundPage } from "../public/not-found.tsx";
import { type Article, articles } from "./articles.ts";
import "./library-words.ts";

const route = getRouteApi("/help/$article");

function useOwn(): (words: Article["title"]) => string {
  const language = useLanguage();
  return (words) => (language === "en" ? words.en : words.zh);
}

/** `/help` */
export function HelpPage() {
  const t = useWords();
  const own = useOwn();
  useTitle(t("help.title"));
  return (
    <PublicShell>
      <h1 className="page-title" style={{ marginTop: 24 }}>
        {t("help.title")}
      </h1>
      <p className="second" style={{ marginBottom: 16 }}>
        {t("help.lead")}
      </p>
      <div className="lot-main">
        <Card title={t("help.title")} flush>
          <ul>
            {articles.map(({ id, title }) => (
              <li key={id} style={{ padding: "14px 20px", borderTop: "1px solid var(--line-soft)" }}>
                <Link to="/help/$article" params={{ article: id }}>
                  {own(title)}
                </Link>
              </li>
            ))}
          </ul>
        </Card>
        <Card title={t("nav.rules")}>
          <ul style={{ display: "grid", gap: 10 }}>
            <li>
              <Link to="/rules">{t("rules.title")}</Link>
            </li>
            <li>
              <Link to="/catalogue">{t("catalogue.title")}</Link>
            </li>
            <li>
              <Link to="/status">{t("status.title")}</Link>
            </li>
          </ul>
        </Card>
      </div>
    </PublicShell>
  );
}

/** `/help/:article` */
export function ArticlePage() {
  const t = useWords();
  const own = useOwn();
  const { article } = route.useParams();
  const found = articles.find(({ id }) => id === article);
  useTitle(found && own(found.title));
  if (!found) return <NotFoundPage />;
  return (
    <PublicShell>
      <nav className="crumb" aria-label={t("help.title")}>
        <Link to="/help">{t("help.title")}</Link>
      </nav>
      <h1 className="page-title">{own(found.title)}</h1>
      <article className="card reading" style={{ marginTop: 16 }}>
        {found.paragraphs.map((paragraph) => (
          <p key={paragraph.en}>{own(paragraph)}</p>
        ))}
      </article>
    </PublicShell>
  );
}
