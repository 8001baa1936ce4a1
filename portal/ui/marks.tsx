/** Small marks: tag, law chip, lock with reason, progress bar, segments of a trade, digest with copy. */
import { type ReactNode, useState } from "react";
import { useWords } from "../words/index.ts";
import { Icon, type IconName } from "./icon.tsx";

/** Tones of a status; each is used together with a word, never alone. */
export type Tone = "ok" | "warning" | "refused" | "info" | "primary" | "sealed" | "orange" | "live" | "line" | "neutral";

/** A status word on its colour. */
export function Tag(props: { readonly tone?: Tone; readonly icon?: IconName; readonly children: ReactNode }) {
  return (
    <span className={`tag ${props.tone ?? ""}`}>
      {props.icon && <Icon name={props.icon} />} {props.children}
    </span>
  );
}

/** An article of law; `unconfirmed` marks readings that an authority has still to confirm. */
export function Law(props: { readonly children: ReactNode; readonly unconfirmed?: boolean }) {
  const t = useWords();
  return (
    <span className="law">
      <Icon name="scales" />
      {props.children}
      {props.unconfirmed && <span className="is-warning">（{t("refusal.unconfirmed")}）</span>}
    </span>
  );
}

/** Something hidden by law: a lock and the reason, never a blank. */
export function Locked({ children }: { readonly children?: ReactNode }) {
  const t = useWords();
  return (
    <span className="locked">
      <Icon name="lock" /> {children ?? <span className="only-readers">{t("state.hidden")}</span>}
    </span>
  );
}

/** A progress bar with its name for readers. */
export function Progress(props: { readonly label: string; readonly percent: number; readonly ok?: boolean; readonly thick?: boolean }) {
  const percent = Math.max(0, Math.min(100, Math.round(props.percent)));
  return (
    <div
      className={`bar ${props.ok ? "ok" : ""} ${props.thick ? "thick" : ""}`}
      role="progressbar"
      aria-label={props.label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i style={{ width: `${percent}%` }} />
    </div>
  );
}

/** The seven steps of a trade as a small bar. */
export function Segments(props: { readonly of: number; readonly at: number; readonly live?: boolean }) {
  return (
    <span className="segments" role="img" aria-label={`${props.of} 步中的第 ${props.at} 步`}>
      {Array.from({ length: props.of }, (_, index) => index + 1).map((step) => (
        <i key={step} className={step < props.at ? "full" : step === props.at ? (props.live ? "live" : "half") : ""} />
      ))}
    </span>
  );
}

/** First six and last four characters of a digest; the button copies all of it. */
export function Digest({ value }: { readonly value: string }) {
  const t = useWords();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(value);
    setCopied(true);
  };
  return (
    <button className="digest mono one-line" type="button" title={value} onClick={() => void copy()}>
      {value.length > 14 ? `${value.slice(0, 6)}…${value.slice(-4)}` : value}
      <span className="only-readers">{t("common.copy")}</span>
      {copied && (
        <span className="is-ok caption" role="status">
          {" "}
          {t("common.copied")}
        </span>
      )}
    </button>
  );
}
