/** The seven steps of a lot with today's mark: an ordered list, the running step marked for readers. */

import { useServerNow } from "../api/server-clock.ts";
import type { TimelineStep } from "../api/types.ts";
import { useWords } from "../words/index.ts";
import { shanghaiParts } from "./time.ts";

/** The line. */
export function Timeline({ steps }: { readonly steps: readonly TimelineStep[] }) {
  const t = useWords();
  const now = useServerNow();
  const day = now === undefined ? undefined : shanghaiParts(now);
  return (
    <ol className="timeline" aria-label={t("lot.progress")} style={{ gridTemplateColumns: undefined }}>
      {steps.map((step) => (
        <li key={step.name} className={step.state} {...(step.state === "current" ? { "aria-current": "step" as const } : {})}>
          {step.state === "current" && day && (
            <span className="now">
              {t("lot.todayMark", { day: `${String(day.month).padStart(2, "0")}-${String(day.day).padStart(2, "0")}` })}
            </span>
          )}
          <b>{step.name}</b>
          {step.note}
        </li>
      ))}
    </ol>
  );
}
