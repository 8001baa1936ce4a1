/** Today's sessions by time, in the white card on the sea. */
import { Link } from "@tanstack/react-router";
import { useServerNow } from "../api/server-clock.ts";
import type { Session } from "../api/types.ts";
import { useWords } from "../words/index.ts";
import { Icon } from "./icon.tsx";
import { Tag } from "./marks.tsx";
import { clockText, deadlineText, shanghaiParts } from "./time.ts";

/** Address of a session's hall. */
export function hallAddress(session: Pick<Session, "kind" | "id" | "lotId">): string {
  if (session.kind === "draw") return `/halls/draw/${session.id}`;
  return `/halls/${session.kind}/${session.lotId}`;
}

/** The state of a session as a tag; warm colour only for what happens now. */
export function SessionTag({ session }: { readonly session: Session }) {
  const tone = session.state === "now" ? "live" : session.state === "ahead" ? "info" : "neutral";
  return <Tag tone={tone}>{session.stateName}</Tag>;
}

/** The card. */
export function TodayList(props: { readonly sessions: readonly Session[]; readonly next?: Session | undefined }) {
  const t = useWords();
  const now = useServerNow();
  const day = now === undefined ? undefined : shanghaiParts(now);
  return (
    <aside className="today" aria-label={t("home.todaySessions")}>
      <div className="row apart wrapping" style={{ paddingBottom: 12 }}>
        <h2 className="card-title">
          {t("home.todaySessions")}
          {day && ` · ${day.month}月${day.day}日 ${day.weekday}`}
        </h2>
        <span className="caption third">
          {t("clock.server")} <b className="ink">{now === undefined ? "—" : clockText(now)}</b>
        </span>
      </div>
      <ul>
        {props.sessions.map((session) => (
          <li key={session.kind + session.id}>
            <time dateTime={session.at}>{clockText(session.at).slice(0, 5)}</time>
            <Link to={hallAddress(session)}>
              {session.name}
              <br />
              <span className="caption third">{session.note}</span>
            </Link>
            <SessionTag session={session} />
          </li>
        ))}
        {props.sessions.length === 0 && (
          <li style={{ display: "block" }} className="second">
            {t("home.noSessions")}
            {props.next && <> {t("home.nextSession", { name: props.next.name, time: deadlineText(props.next.at) })}</>}
          </li>
        )}
      </ul>
      <p style={{ borderTop: "1px solid var(--line-soft)", padding: "10px 0 6px" }}>
        <Link className="small" to="/halls">
          {t("home.allSessions")}
          <Icon name="right" />
        </Link>
      </p>
    </aside>
  );
}
