/** All trade information: words and stage in the address, rows as lines. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { lotsQuery } from "../../api/queries.ts";
import { Empty } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { LotTable } from "../../ui/lot-table.tsx";
import { Reading } from "../../ui/reading.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { useWords } from "../../words/index.ts";

const route = getRouteApi("/notices");

/** `/notices` */
export function NoticesPage() {
  const t = useWords();
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(lotsQuery(search.q ?? ""));
  const [typed, setTyped] = useState(search.q ?? "");
  useTitle(t("notices.title"));
  const find = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to: "/notices", search: { ...search, q: typed } });
  };
  return (
    <PublicShell>
      <h1 className="page-title" style={{ marginTop: 24 }}>
        {t("notices.title")}
      </h1>
      <form
        role="search"
        className="search-box"
        style={{ boxShadow: "none", border: "1px solid var(--control)", margin: "6px 0 20px" }}
        onSubmit={find}
      >
        <input
          aria-label={t("notices.search")}
          placeholder={t("home.searchHint")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button className="button primary large" type="submit">
          <Icon name="search" />
          {t("notices.search")}
        </button>
      </form>
      <Reading query={query}>
        {(items) => (
          <section className="card">
            <header>
              <h2>
                <span role="status">{t("notices.count", { count: items.length })}</span>
              </h2>
              {search.q && (
                <Link className="small" to="/notices" onClick={() => setTyped("")}>
                  {t("notices.clear")}
                </Link>
              )}
            </header>
            {items.length > 0 ? (
              <LotTable lots={items} caption={t("notices.title")} />
            ) : (
              <Empty
                title={t("notices.none")}
                text={t("notices.noneText")}
                act={
                  <Link className="button" to="/notices" onClick={() => setTyped("")}>
                    {t("notices.clear")}
                  </Link>
                }
              />
            )}
          </section>
        )}
      </Reading>
    </PublicShell>
  );
}
