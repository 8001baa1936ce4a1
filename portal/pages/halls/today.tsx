/** Halls today: what is open, what comes next, may I enter. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { publicLotsQuery } from "../../api/find-lots.ts";
import { sessionsOfAll } from "../../api/lot-view.ts";
import type { Session } from "../../api/types.ts";
import { Card, Empty } from "../../ui/card.tsx";
import { Reading } from "../../ui/reading.tsx";
import { PublicShell, useTitle } from "../../ui/shell.tsx";
import { deadlineText } from "../../ui/time.ts";
import { hallAddress, SessionTag } from "../../ui/today-list.tsx";
import { useWords, type WordKey } from "../../words/index.ts";

function Sessions(props: { readonly word: WordKey; readonly sessions: readonly Session[] }) {
  const t = useWords();
  if (props.sessions.length === 0) return null;
  return (
    <Card title={t(props.word)} flush>
      {props.sessions.map((session) => (
        <div className="todo" key={session.kind + session.id}>
          <div className="due">
            <b>{deadlineText(session.at)}</b>
            <span className="caption third">{t(`halls.${session.kind}`)}</span>
          </div>
          <div>
            <b>{session.name}</b> <SessionTag session={session} />
            <br />
            <span className="small second">{session.note}</span>
          </div>
          <Link className="button" to={hallAddress(session)}>
            {t("halls.enter")}
          </Link>
        </div>
      ))}
    </Card>
  );
}

/** `/halls` */
export function HallsPage() {
  const t = useWords();
  const query = useQuery({ ...publicLotsQuery, select: ({ lots }) => sessionsOfAll(lots) });
  useTitle(t("halls.title"));
  return (
    <PublicShell>
      <h1 className="page-title" style={{ marginTop: 24 }}>
        {t("halls.title")}
      </h1>
      <Reading query={query}>
        {(items) => (
          <div className="column gap-24">
            <Sessions word="halls.now" sessions={items.filter(({ state }) => state === "now")} />
            <Sessions word="halls.next" sessions={items.filter(({ state }) => state === "ahead")} />
            <Sessions word="halls.later" sessions={items.filter(({ state }) => state === "over")} />
            <p>
              <Link className="underlined" to="/verify">
                {t("lot.verifyPage")}
              </Link>
            </p>
            {items.length === 0 && (
              <section className="card">
                <Empty title={t("halls.none")} text={t("halls.noneText")} />
              </section>
            )}
          </div>
        )}
      </Reading>
    </PublicShell>
  );
}
