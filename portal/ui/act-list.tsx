/** Acts of a person over all lots: the urgent band and the list by latest time. */
import { Link } from "@tanstack/react-router";
import { useServerNow } from "../api/server-clock.ts";
import type { LotRow, NextAct } from "../api/types.ts";
import { useWords } from "../words/index.ts";
import { Countdown, useRest } from "./countdown.tsx";
import { Segments, Tag } from "./marks.tsx";
import { tenThousandText } from "./money.ts";
import { ActLink } from "./next-steps.tsx";
import { RuleChips } from "./rule-chips.tsx";
import { clockText, dayText, deadlineText, momentText } from "./time.ts";

const dayMs = 86_400_000;

/** The one band of a page: the act with the earliest limit within a day. */
export function UrgentBand({ act, role }: { readonly act: NextAct; readonly role: string }) {
  const t = useWords();
  return (
    <section className="urgent" aria-label={act.title}>
      <div>
        <p className="row wrapping">
          <Tag tone="live">{t("common.now")}</Tag>
          <span className="small second">{act.lotName}</span>
        </p>
        <h2>{act.title}</h2>
        <p className="second small">
          <RuleChips rules={act.rules} />
        </p>
      </div>
      <div className="right">
        {act.dueAt && <Countdown className="clock large is-live" until={act.dueAt} label={act.title} />}
        <p style={{ marginTop: 8 }}>
          <ActLink className="button live large" act={act} role={role}>
            {t("work.do")}
          </ActLink>
        </p>
      </div>
    </section>
  );
}

function Due({ dueAt }: { readonly dueAt: string | undefined }) {
  const t = useWords();
  const now = useServerNow();
  const rest = useRest(dueAt);
  if (!dueAt)
    return (
      <div className="due">
        <b>{t("common.now")}</b>
      </div>
    );
  const today = now !== undefined && dayText(now) === dayText(dueAt);
  return (
    <div className="due">
      <b>{today ? `${t("common.today")} ${clockText(dueAt).slice(0, 5)}` : momentText(dueAt)}</b>
      {rest && (
        <span className={`caption ${rest.leftMs < dayMs ? "is-live bold" : "third"}`}>
          {rest.leftMs > 0 ? t("common.left", { rest: rest.text }) : t("common.overdue")}
        </span>
      )}
    </div>
  );
}

/** One act as a line. */
export function TodoLine({ act, role, primary }: { readonly act: NextAct; readonly role: string; readonly primary?: boolean }) {
  const t = useWords();
  return (
    <div className="todo">
      <Due dueAt={act.dueAt} />
      <div>
        <b>{act.title}</b>
        <br />
        <span className="small second">
          {act.lotName} <RuleChips rules={act.rules} most={1} />
        </span>
      </div>
      <ActLink className={`button ${primary ? "primary" : ""}`} act={act} role={role}>
        {t("work.do")}
      </ActLink>
    </div>
  );
}

/** Lots of a person with stage, ceiling and next node. */
export function RunningLots({ lots, role }: { readonly lots: readonly LotRow[]; readonly role: string }) {
  const t = useWords();
  return (
    <table className="stacks">
      <caption className="only-readers">{t("work.running")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("work.lot")}</th>
          <th scope="col">{t("work.stage")}</th>
          <th scope="col" className="right">
            {t("work.ceiling")}
          </th>
          <th scope="col">{t("home.deadline")}</th>
        </tr>
      </thead>
      <tbody>
        {lots.map((lot) => (
          <tr key={lot.lotId}>
            <td>
              <Link to="/w/$role/lots/$lotId" params={{ role, lotId: lot.lotId }}>
                {lot.name}
              </Link>
            </td>
            <td data-label={t("work.stage")}>
              <span>
                <span className="small">{lot.stageName}</span>
                {lot.stepNumber !== undefined && <Segments of={7} at={lot.stepNumber} />}
              </span>
            </td>
            <td className="right" data-label={t("work.ceiling")}>
              {tenThousandText(lot.estimateFen)}
            </td>
            <td className="one-line" data-label={t("home.deadline")}>
              {lot.bidsDueAt ? deadlineText(lot.bidsDueAt) : t("state.unknown")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
