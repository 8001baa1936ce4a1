/**
 * The next step: what, until when, what if not, which article, one button, other ways, my steps — in this order
 * (portal.md §4). Shows what the server computed and computes nothing about the law itself.
 */
import type { ReactNode } from "react";
import { useWords } from "../words/index.ts";
import { Countdown, useRest } from "./countdown.tsx";
import { RuleChips } from "./rule-chips.tsx";
import { deadlineText } from "./time.ts";

/** What the card shows. */
export type NextStepContent = {
  readonly title: string;
  readonly dueAt?: string | undefined;
  readonly consequence?: string | undefined;
  readonly rules?: readonly string[] | undefined;
  readonly inSession?: boolean;
  readonly waiting?: string | undefined;
};

const dayMs = 86_400_000;

/** The card. `action` is the one button; `children` follow below it. */
export function NextStepCard(props: {
  readonly step: NextStepContent;
  readonly action?: ReactNode;
  readonly children?: ReactNode;
  readonly onZero?: () => void;
}) {
  const t = useWords();
  const { step } = props;
  const rest = useRest(step.dueAt);
  const urgent = step.inSession === true || (rest !== undefined && rest.leftMs > 0 && rest.leftMs < dayMs);
  const kicker = step.waiting ? t("next.waiting") : step.inSession ? t("next.inSession") : t("next.yours");
  return (
    <section className={`next-step ${step.waiting ? "waiting" : urgent ? "live" : ""}`} aria-label={kicker}>
      <p className="kicker">{kicker}</p>
      <h2>{step.title}</h2>
      {step.dueAt && (
        <>
          <p className="second">{t("common.until", { time: deadlineText(step.dueAt) })}</p>
          <p style={{ margin: "8px 0 2px" }}>
            <Countdown until={step.dueAt} label={step.title} {...(props.onZero ? { onZero: props.onZero } : {})} />
          </p>
        </>
      )}
      {step.consequence && <p className="second small">{step.consequence}</p>}
      {step.rules && step.rules.length > 0 && (
        <p className="row wrapping" style={{ margin: "6px 0 14px" }}>
          <RuleChips rules={step.rules} />
        </p>
      )}
      {props.action}
      {props.children}
    </section>
  );
}
