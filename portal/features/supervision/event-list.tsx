/** The events of a replay, newest first: who, by which key, why, what it changed, what the rules decided. */
import type { ReplayedEvent } from "../../api/replay.ts";
import { Empty } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { evidenceText } from "../../ui/time.ts";
import { useWords, type WordKey } from "../../words/index.ts";
import { roleText } from "./role-text.ts";

const verdicts = ["passed", "warned", "refused"];
const families = ["p256", "rsa", "sm2", "passkey"];

function useActor({ actor, by }: ReplayedEvent): string {
  const t = useWords();
  if (actor) return `${actor.name} · ${actor.organisation} · ${roleText(actor.role, t)}`;
  return t(by === "house" ? "replay.house" : "replay.veiled");
}

/** An instant as people read it; JSON and all else as it stands. */
function readable(text: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) ? evidenceText(text) : text;
}

function Changes({ changes }: Pick<ReplayedEvent, "changes">) {
  const t = useWords();
  const named = changes.filter(({ label }) => label !== null);
  if (named.length === 0) return null;
  return (
    <dl className="facts-list tinted" style={{ marginTop: 8 }}>
      {named.map(({ label, before, after }) => (
        <div key={label} style={{ display: "contents" }}>
          <dt>{label}</dt>
          <dd>
            {before !== null && (
              <>
                <del>
                  {t("replay.before")} {readable(before)}
                </del>
                <br />
              </>
            )}
            {before !== null && `${t("replay.after")} `}
            {readable(after) || t("replay.empty")}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Decisions({ decisions }: Pick<ReplayedEvent, "decisions">) {
  const t = useWords();
  if (decisions.length === 0) return null;
  return (
    <p className="small second row wrapping" style={{ marginTop: 8 }}>
      {t("replay.rules")}
      {decisions.map(({ rule, verdict }, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one event may ask a rule twice; its decisions never change.
        <Tag key={`${rule}${k}`} tone={verdict === "passed" ? "ok" : "warning"}>
          {rule} {t(`replay.verdict.${verdicts.includes(verdict) ? verdict : "other"}` as WordKey)}
        </Tag>
      ))}
    </p>
  );
}

function Row({ event }: { readonly event: ReplayedEvent }) {
  const t = useWords();
  const actor = useActor(event);
  const family = event.key && families.includes(event.key.family) ? event.key.family : undefined;
  return (
    <li className="replayed">
      <time className="small second" dateTime={event.at}>
        {evidenceText(event.at)}
      </time>
      <div>
        <b>{event.words}</b>
        <p className="small second">
          {actor}
          {family && ` · ${t("replay.key")} ${t(`replay.key.${family}` as WordKey)}`}
          {" · "}
          {t("replay.position", { position: event.position })}
        </p>
        {event.reason && (
          <p className="small">
            {t("replay.reason")}：{event.reason}
          </p>
        )}
        <Changes changes={event.changes} />
        <Decisions decisions={event.decisions} />
      </div>
    </li>
  );
}

/** The list. */
export function EventList({ events }: { readonly events: readonly ReplayedEvent[] }) {
  const t = useWords();
  if (events.length === 0) return <Empty title={t("replay.none")} text={t("replay.noneText")} />;
  return (
    <ol className="replay">
      {[...events].reverse().map((event) => (
        <Row key={event.position} event={event} />
      ))}
    </ol>
  );
}
