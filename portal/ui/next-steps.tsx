/** Next steps of a person on a lot: the first as the card with its one button, the others below it. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { NextAct, NextSteps as Steps } from "../api/types.ts";
import { useWords, type WordKey } from "../words/index.ts";
import { NextStepCard } from "./next-step-card.tsx";
import { momentText } from "./time.ts";

/** Where an act is done: on the lot, or outside any lot. */
export function actAddress(role: string, act: Pick<NextAct, "act" | "lotId">): string {
  return act.lotId ? `/w/${role}/lots/${act.lotId}/${encodeURIComponent(act.act)}` : `/w/${role}/acts/${encodeURIComponent(act.act)}`;
}

/** A link to the place where an act is done; what the server filled in goes along in the address. */
export function ActLink(props: {
  readonly act: NextAct;
  readonly role: string;
  readonly className?: string;
  readonly children?: ReactNode;
}) {
  const { act, role } = props;
  const fill = typeof act.suggested === "object" && act.suggested !== null ? { fill: act.suggested as Record<string, unknown> } : {};
  return (
    <Link {...(props.className ? { className: props.className } : {})} to={actAddress(role, act)} search={fill}>
      {props.children ?? act.title}
    </Link>
  );
}

/** Earliest limit first; acts without a limit follow. */
export function byDue(acts: readonly NextAct[]): readonly NextAct[] {
  return [...acts].sort((a, b) => (a.dueAt ?? "9999").localeCompare(b.dueAt ?? "9999"));
}

function Others(props: { readonly acts: readonly NextAct[]; readonly role: string; readonly word: WordKey }) {
  const t = useWords();
  if (props.acts.length === 0) return null;
  return (
    <div style={{ marginTop: 14, borderTop: "1px solid var(--line)", paddingTop: 10 }}>
      <p className="caption third">{t(props.word)}</p>
      <ul>
        {props.acts.map((act) => (
          <li key={act.act + act.title} className="row apart" style={{ padding: "6px 0" }}>
            <ActLink act={act} role={props.role} />
            {act.dueAt && <span className="caption third">{momentText(act.dueAt)}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The card with everything that belongs to it. `inSession` is for halls, where what is due is due now. */
export function NextSteps(props: { readonly steps: Steps; readonly role: string; readonly inSession?: boolean }) {
  const t = useWords();
  const [first, ...others] = byDue(props.steps.due);
  const possible = <Others acts={props.steps.possible} role={props.role} word="next.possible" />;
  if (!first) {
    return <NextStepCard step={{ title: t("next.nothing"), waiting: t("next.nothing") }}>{possible}</NextStepCard>;
  }
  return (
    <NextStepCard
      step={{ title: first.title, dueAt: first.dueAt, rules: first.rules, inSession: props.inSession === true }}
      action={<ActLink act={first} role={props.role} className={`button large block ${props.inSession ? "live" : "primary"}`} />}
    >
      <Others acts={others} role={props.role} word="next.other" />
      {possible}
    </NextStepCard>
  );
}
