/** `/w/supervisor/lots/:lotId/replay`: any minute of a trade, rebuilt from the record, under a time slider. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { addressOf } from "../../api/client.ts";
import { lotQuery } from "../../api/lot-reads.ts";
import { type ReplayedEvent, replayQuery } from "../../api/replay.ts";
import type { Me } from "../../api/types.ts";
import { EventList } from "../../features/supervision/event-list.tsx";
import { StandingCard } from "../../features/supervision/standing-card.tsx";
import { Card } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Reading } from "../../ui/reading.tsx";
import { useTitle } from "../../ui/shell.tsx";
import "../../ui/styles/replay.css";
import { evidenceText, momentText } from "../../ui/time.ts";
import { WorkShell } from "../../ui/work-shell.tsx";
import { addWords, useWords } from "../../words/index.ts";
import { replay } from "../../words/zh-CN/replay.ts";
import { RoleGuard } from "./guard.tsx";
import { roleWord, sideOf } from "./sides.ts";

addWords(replay);
const route = getRouteApi("/w/$role/lots/$lotId/replay");

/** The slider goes over minutes that have an event: between two of them nothing has changed. */
function minutesOf(events: readonly ReplayedEvent[]): readonly string[] {
  return [...new Set(events.map(({ at }) => `${at.slice(0, 16)}:59.999Z`))];
}

type SliderProps = { readonly minutes: readonly string[]; readonly at: number; readonly onMove: (at: number) => void };

function Slider({ minutes, at, onMove }: SliderProps) {
  const t = useWords();
  const last = minutes.length - 1;
  const minute = minutes[at];
  const text = minute === undefined || at === last ? t("replay.now") : evidenceText(minute).slice(0, 16);
  return (
    <div className="replay-slider">
      <button className="button" type="button" disabled={at <= 0} onClick={() => onMove(at - 1)}>
        {t("replay.earlier")}
      </button>
      <label>
        <span className="small second">
          {t("replay.minute")} <b className="ink">{text}</b>
        </span>
        <input
          type="range"
          min={0}
          max={Math.max(0, last)}
          value={at}
          aria-valuetext={text}
          onChange={({ target }) => onMove(Number(target.value))}
        />
      </label>
      <button className="button" type="button" disabled={at >= last} onClick={() => onMove(at + 1)}>
        {t("replay.later")}
      </button>
    </div>
  );
}

function ReplayOf({ me, lotId }: { readonly me: Me; readonly lotId: string }) {
  const t = useWords();
  const lot = useQuery(lotQuery(lotId));
  const whole = useQuery(replayQuery(lotId, undefined));
  const minutes = minutesOf(whole.data?.items ?? []);
  const [moved, setMoved] = useState<number>();
  const at = moved ?? minutes.length - 1;
  const minute = useDeferredValue(moved === undefined || moved === minutes.length - 1 ? undefined : minutes[moved]);
  const then = useQuery(replayQuery(lotId, minute));
  useTitle(lot.data && `${t("replay.title")} · ${lot.data.name}`);
  return (
    <WorkShell role={roleWord(me.role)} entries={sideOf(me.role, 0)}>
      <div className="hello">
        <div>
          <h1>{t("replay.title")}</h1>
          <p>{lot.data?.name}</p>
        </div>
        <a className="button" href={addressOf(`/lots/${lotId}/replay`)} download={`replay-${lotId}.json`}>
          <Icon name="download" />
          {t("replay.download")}
        </a>
      </div>
      <p className="small second">{t("replay.lead")}</p>
      <Slider minutes={minutes} at={at} onMove={setMoved} />
      <Reading query={then}>
        {({ items, standing, at: until }) => (
          <div className="with-rail">
            <Card
              title={t("replay.title")}
              aside={
                <span className="small second" role="status">
                  {t("replay.count", { at: momentText(until), count: items.length })}
                </span>
              }
              flush
            >
              <EventList events={items} />
            </Card>
            {standing && <StandingCard standing={standing} />}
          </div>
        )}
      </Reading>
    </WorkShell>
  );
}

/** The page; the read behind it answers the authority in charge and nobody else. */
export function ReplayPage() {
  const { role, lotId } = route.useParams();
  return <RoleGuard role={role}>{(me) => <ReplayOf me={me} lotId={lotId} />}</RoleGuard>;
}
