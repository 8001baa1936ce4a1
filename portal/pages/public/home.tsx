/** The portal home: what is going on today, and where do I go. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { publicLotsQuery } from "../../api/find-lots.ts";
import { useServerNow } from "../../api/server-clock.ts";
import { StandingEgret } from "../../ui/brand.tsx";
import { Card, Empty } from "../../ui/card.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { LotTable } from "../../ui/lot-table.tsx";
import { MonthCalendar } from "../../ui/month-calendar.tsx";
import { Reading } from "../../ui/reading.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { TodayList } from "../../ui/today-list.tsx";
import { useWords, type WordKey } from "../../words/index.ts";
import { type Home, homeOf } from "./home-view.ts";

function SearchBox() {
  const t = useWords();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const find = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to: "/notices", search: { q: typed } });
  };
  return (
    <form role="search" className="search-box" onSubmit={find}>
      <input
        aria-label={t("home.search")}
        placeholder={t("home.searchHint")}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <button className="button primary large" type="submit">
        <Icon name="search" />
        {t("home.search")}
      </button>
    </form>
  );
}

function Hero({ home }: { readonly home: Home }) {
  const t = useWords();
  return (
    <section className="hero">
      <svg className="sea" viewBox="0 0 1440 120" preserveAspectRatio="none" aria-hidden="true">
        <path d="M0 62c180-26 300-26 480 0s300 26 480 0 300-26 480 0v58H0Z" fill="#0E4A5C" opacity=".7" />
        <path d="M0 86c180-20 300-20 480 0s300 20 480 0 300-20 480 0v34H0Z" fill="#0B5F75" opacity=".55" />
      </svg>
      <div className="wrap inside">
        <div style={{ position: "relative" }}>
          <h1>{t("home.title")}</h1>
          <p className="lead">{t("home.lead")}</p>
          <SearchBox />
          {home.latest.length > 0 && (
            <p className="hot">
              {t("home.hot")}
              {home.latest.slice(0, 3).map((lot) => (
                <Link key={lot.lotId} to="/notices/$lotId" params={{ lotId: lot.lotId }}>
                  {lot.name.slice(0, 12)}
                </Link>
              ))}
            </p>
          )}
          <StandingEgret />
        </div>
        <TodayList sessions={home.today} next={home.next} />
      </div>
    </section>
  );
}

type Task = { readonly to: string; readonly word: WordKey; readonly text: WordKey; readonly icon: IconName };
const tasks: readonly Task[] = [
  { to: "/w/bidder", word: "task.bid", text: "task.bidText", icon: "document" },
  { to: "/w/buyer", word: "task.buy", text: "task.buyText", icon: "building" },
  { to: "/w/expert", word: "task.expert", text: "task.expertText", icon: "person" },
  { to: "/notices", word: "task.object", text: "task.objectText", icon: "scales" },
  { to: "/w/cashier", word: "task.money", text: "task.moneyText", icon: "wallet" },
  { to: "/halls", word: "task.watch", text: "task.watchText", icon: "eye" },
];

function Tasks() {
  const t = useWords();
  return (
    <nav className="tasks" aria-label={t("footer.services")}>
      {tasks.map((task) => (
        <Link key={task.word} to={task.to}>
          <Icon name={task.icon} />
          <b>{t(task.word)}</b>
          <span>{t(task.text)}</span>
        </Link>
      ))}
    </nav>
  );
}

function Figures({ home }: { readonly home: Home }) {
  const t = useWords();
  const figures: readonly (readonly [WordKey, number])[] = [
    ["home.figureLots", home.figures.lots],
    ["home.figureOpen", home.figures.open],
    ["home.figureOpened", home.figures.opened],
    ["home.figureClosed", home.figures.closed],
  ];
  return (
    <section className="card" style={{ marginTop: 28, padding: "22px 24px" }}>
      <div className="row apart wrapping">
        <h2>{t("home.monthFigures")}</h2>
        <span className="caption third">{t("home.figuresNote")}</span>
      </div>
      <div className="figures" style={{ marginTop: 18 }}>
        {figures.map(([word, value]) => (
          <div key={word}>
            <span className="small second">{t(word)}</span>
            <br />
            <b>{value}</b> <span className="small second">{t("home.unitLots")}</span>
          </div>
        ))}
      </div>
      <p className="small second" style={{ marginTop: 18, paddingTop: 14, borderTop: "1px solid var(--line-soft)" }}>
        <Icon name="shield" /> {t("home.verifyLine")}
      </p>
    </section>
  );
}

function Latest({ home }: { readonly home: Home }) {
  const t = useWords();
  return (
    <Card
      title={t("home.latest")}
      flush
      aside={
        <Link className="small" to="/notices">
          {t("common.more")}
          <Icon name="right" />
        </Link>
      }
    >
      {home.latest.length > 0 ? (
        <LotTable lots={home.latest} caption={t("home.latest")} />
      ) : (
        <Empty
          title={t("home.emptyTitle")}
          text={t("home.emptyText")}
          act={
            <Link className="button" to="/sandbox">
              {t("home.emptyAct")}
            </Link>
          }
        />
      )}
    </Card>
  );
}

/** `/` */
export function HomePage() {
  const query = useQuery(publicLotsQuery);
  const now = useServerNow();
  useTitle(undefined);
  return (
    <PublicShell full>
      <Reading query={query}>
        {(found) => {
          const home = homeOf(found, now);
          return (
            <>
              <Hero home={home} />
              <div className="wrap">
                <Tasks />
                <div className="home-main">
                  <Latest home={home} />
                  <MonthCalendar now={now} days={home.days} />
                </div>
                <Figures home={home} />
              </div>
            </>
          );
        }}
      </Reading>
    </PublicShell>
  );
}
