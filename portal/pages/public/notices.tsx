/** All trade information: words, filters and page in the address, rows as lines. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { addressOf } from "../../api/client.ts";
import { type FoundLots, findLotsQuery, type LotSearch, questionOf, relaxationsOf, rowsOnPage } from "../../api/find-lots.ts";
import { Empty } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { LotTable } from "../../ui/lot-table.tsx";
import { Reading } from "../../ui/reading.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { useWords } from "../../words/index.ts";
import { ChosenFilters, filterWord, LotFilters } from "./lot-filters.tsx";

const route = getRouteApi("/notices");

function SearchForm({ search }: { readonly search: LotSearch }) {
  const t = useWords();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search.q ?? "");
  useEffect(() => setTyped(search.q ?? ""), [search.q]);
  const find = (event: FormEvent) => {
    event.preventDefault();
    const { page: _, q: __, ...rest } = search;
    void navigate({ to: "/notices", search: typed.trim() ? { ...rest, q: typed.trim() } : rest });
  };
  return (
    <form role="search" className="search-box flat" onSubmit={find}>
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
  );
}

function Nothing({ search, found }: { readonly search: LotSearch; readonly found: FoundLots }) {
  const t = useWords();
  return (
    <Empty
      title={t("notices.none")}
      text={t("notices.noneText")}
      act={
        <span className="row wrapping">
          {relaxationsOf(search, found).map(({ without, count }) => {
            const { [without]: _, page: __, ...rest } = search;
            return (
              <Link key={without} className="button" to="/notices" search={rest}>
                {t("notices.relax", { word: t(filterWord(without, String(search[without]))), count })}
              </Link>
            );
          })}
          <Link className="button" to="/notices">
            {t("notices.clear")}
          </Link>
        </span>
      }
    />
  );
}

function Pages({ search, total }: { readonly search: LotSearch; readonly total: number }) {
  const t = useWords();
  const last = Math.ceil(total / rowsOnPage);
  const { page = 1 } = search;
  if (last <= 1) return null;
  return (
    <nav className="row apart pages" aria-label={t("notices.pages")}>
      {page > 1 ? (
        <Link className="button" to="/notices" search={{ ...search, page: page - 1 }}>
          {t("notices.before")}
        </Link>
      ) : (
        <span />
      )}
      <span className="small second">{t("notices.page", { page, last })}</span>
      {page < last ? (
        <Link className="button" to="/notices" search={{ ...search, page: page + 1 }}>
          {t("notices.after")}
        </Link>
      ) : (
        <span />
      )}
    </nav>
  );
}

/** `/notices` */
export function NoticesPage() {
  const t = useWords();
  const search = route.useSearch();
  const query = useQuery(findLotsQuery(search));
  useTitle(search.q ? `${search.q} · ${t("notices.title")}` : t("notices.title"));
  return (
    <PublicShell>
      <h1 className="page-title" style={{ marginTop: 24 }}>
        {t("notices.title")}
      </h1>
      <SearchForm search={search} />
      <ChosenFilters search={search} />
      <Reading query={query}>
        {(found) => (
          <div className="find">
            <LotFilters search={search} found={found} />
            <section className="card">
              <header>
                <h2>
                  <span role="status">{t("notices.count", { count: found.total })}</span>
                </h2>
                <span className="row">
                  <a className="small" href={addressOf(`/feeds/notices.rss?${questionOf(search)}`)}>
                    {t("notices.feed")}
                  </a>
                  <a className="small" href={addressOf("/feeds/openings.ics")}>
                    {t("notices.calendar")}
                  </a>
                </span>
              </header>
              {found.total > 0 ? <LotTable lots={found.lots} caption={t("notices.title")} /> : <Nothing search={search} found={found} />}
              <Pages search={search} total={found.total} />
            </section>
          </div>
        )}
      </Reading>
    </PublicShell>
  );
}
