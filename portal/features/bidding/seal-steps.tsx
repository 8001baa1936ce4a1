/** The steps of a sealing with its progress in facts, not a lone percent. */
import { Icon } from "../../ui/icon.tsx";
import { Progress, Tag } from "../../ui/marks.tsx";
import { sizeText } from "../../ui/size.ts";
import { useWords, type WordKey } from "../../words/index.ts";
import type { SealProgress } from "./seal-job.ts";

/** Where the sealing stands. */
export type SealStage = "encrypt" | "sign" | "receipt";

const order: readonly SealStage[] = ["encrypt", "sign", "receipt"];

type Props = {
  readonly stage: SealStage;
  readonly progress: SealProgress;
  readonly paused: boolean;
  readonly onPause: () => void;
  readonly onResume: () => void;
};

/** The card's content. */
export function SealSteps({ stage, progress, paused, onPause, onResume }: Props) {
  const t = useWords();
  const at = order.indexOf(stage);
  const share = progress.total === 0 ? 0 : (100 * progress.uploaded) / progress.total;
  return (
    <div style={{ display: "grid", gap: 14 }}>
      <ol className="small" style={{ lineHeight: "28px" }}>
        {order.map((step, index) => (
          <li
            key={step}
            className={`row ${index === at ? "bold" : index > at ? "third" : ""}`}
            {...(index === at ? { "aria-current": "step" as const } : {})}
          >
            <span className={index < at ? "is-ok" : index === at ? "is-primary" : ""}>
              <Icon name={index < at ? "check" : index === at ? "clock" : "lock"} />
            </span>
            {t(`bid.step.${step}` as WordKey)}
            {step === "encrypt" && progress.total > 0 && (
              <span>
                {" "}
                {t("bid.amounts", {
                  sealed: sizeText(progress.sealed),
                  uploaded: sizeText(progress.uploaded),
                  total: sizeText(progress.total),
                })}
              </span>
            )}
          </li>
        ))}
      </ol>
      <Progress label={t("bid.uploading")} percent={share} thick />
      <p className="row wrapping">
        {stage === "encrypt" && (
          <button className="button small" type="button" onClick={paused ? onResume : onPause}>
            {paused ? t("bid.resume") : t("bid.pause")}
          </button>
        )}
        {progress.waiting && <Tag tone="warning">{t("line.lost")}</Tag>}
      </p>
    </div>
  );
}
