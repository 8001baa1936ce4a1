/** Next steps of a person on a lot: the first as the card with its one button, the others below it. */
import { Link } from "@tanstack/react-router";
import type { NextAct, NextSteps as Steps } from "../api/types.ts";
import { useWords } from "../words/index.ts";
import { NextStepCard, OwnSteps } from "./next-step-card.tsx";
import { momentText } from "./time.ts";

/** Where an act is done: its own page when it has one, else the generic act page. */
export function actAddress(role: string, lotId: string, act: Pick<NextAct, "act">): string {
  return `/w/${role}/lots/${lotId}/${encodeURIComponent(act.act)}`;
}

function Others(props: { readonly acts: readonly NextAct[]; readonly lotId: string; readonly role: string }) {
  const t = useWords();
  if (props.acts.length === 0) return null;
  return (
    <div style={{ marginTop: 14, borderTop: "1px solid var(--line)", paddingTop: 10 }}>
      <p className="caption third">{t("next.other")}</p>
      <ul>
        {props.acts.map((act) => (
          <li key={act.act} className="row apart" style={{ padding: "6px 0" }}>
            <Link to={actAddress(props.role, props.lotId, act)}>{act.title}</Link>
            {act.dueAt && <span className="caption third">{momentText(act.dueAt)}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The card with everything that belongs to it. */
export function NextSteps(props: { readonly steps: Steps; readonly lotId: string; readonly role: string }) {
  const t = useWords();
  const [first, ...others] = props.steps.acts;
  const progress = props.steps.progress.length > 0 ? <OwnSteps steps={props.steps.progress} /> : null;
  if (!first) {
    const waiting = props.steps.waitingFor;
    return (
      <NextStepCard
        step={{
          title: waiting ? waiting.what : t("next.nothing"),
          waiting: waiting?.who ?? t("next.nothing"),
          consequence: waiting ? t("next.waitingForNoTime", { who: waiting.who }) : undefined,
          dueAt: waiting?.until,
        }}
      >
        {progress}
      </NextStepCard>
    );
  }
  return (
    <NextStepCard
      step={{ title: first.title, dueAt: first.dueAt, consequence: first.consequence, articles: first.articles }}
      action={
        <Link className="button primary large block" to={actAddress(props.role, props.lotId, first)}>
          {first.title}
        </Link>
      }
    >
      <Others acts={others} lotId={props.lotId} role={props.role} />
      {progress}
    </NextStepCard>
  );
}
