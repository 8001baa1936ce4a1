/** The lot as it stood at the minute: run, steps, limits, holds. */
import { readableLimits } from "../../api/limit-words.ts";
import type { LotStanding } from "../../api/replay.ts";
import { Card } from "../../ui/card.tsx";
import { Tag } from "../../ui/marks.tsx";
import { momentText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";

export function StandingCard({ standing }: { readonly standing: LotStanding }) {
  const t = useWords();
  const { run, steps, limits, holds } = standing;
  return (
    <Card title={t("replay.standing")} aside={<span className="small second">{t("replay.run", { run })}</span>}>
      {holds.map(({ since }) => (
        <p key={since} className="refusal small">
          {t("replay.held", { at: momentText(since) })}
        </p>
      ))}
      <h3 className="small second">{t("replay.steps", { count: steps.length })}</h3>
      <ul>
        {steps.map(({ step, at }) => (
          <li key={step} className="row apart">
            <span>{step}</span>
            <span className="small second">{momentText(at)}</span>
          </li>
        ))}
      </ul>
      <h3 className="small second" style={{ marginTop: 14 }}>
        {t("replay.limits")}
      </h3>
      <ul>
        {limits.map(({ name, at, reached }) => (
          <li key={name} className="row apart">
            <span>{readableLimits(name)}</span>
            <span className="small second">
              {momentText(at)}{" "}
              <Tag tone={reached ? "neutral" : "primary"}>{t(reached ? "replay.limit.reached" : "replay.limit.ahead")}</Tag>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
