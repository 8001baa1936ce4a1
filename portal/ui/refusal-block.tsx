/**
 * A refusal at the place of the act: not possible, because, do this (portal.md §5). It takes the focus. A fault of
 * ours never looks like a refusal.
 */
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { FaultError, type Refusal, RefusedError } from "../api/refusal.ts";
import { useServerNow } from "../api/server-clock.ts";
import { useWords } from "../words/index.ts";
import { Law } from "./marks.tsx";
import { evidenceText, withReadableTimes } from "./time.ts";

const figure = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(figure).join("、");
  const text = typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
  return withReadableTimes(text);
};

/** Words of figures that refusals bring; a figure without a word stands by itself. */
const figureWords: Readonly<Record<string, string>> = {
  days: "天数",
  daysMin: "至少",
  daysMax: "至多",
  count: "数量",
  required: "需要",
  min: "至少",
  max: "至多",
  limit: "限额",
  ceilingFen: "限价（分）",
  priceFen: "报价（分）",
  arrivedAt: "到达",
  deadline: "截止",
  earliestAt: "最早",
  latestAt: "最迟",
  drawnAt: "抽取时间",
  confirmEnd: "确认时限",
  missing: "缺少",
  version: "版本",
  state: "状态",
  percent: "比例",
  amountFen: "金额（分）",
  endsAt: "结束",
  offerEndAt: "获取截止",
};

/** The figures of the person's own case, `days 19 · daysMin 20`. */
export function figuresText(refusal: Refusal): string {
  return Object.entries(refusal.data ?? {})
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [figureWords[name], figure(value)].filter(Boolean).join(" "))
    .join(" · ");
}

/** One sentence that says what is not possible. */
export const sentenceOf = (refusal: Refusal): string =>
  withReadableTimes(refusal.title ?? refusal.message ?? refusal.detail ?? refusal.code);

/** The block for any error of the client. */
export function RefusalBlock({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const block = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error !== undefined) block.current?.focus();
  }, [error]);
  if (error instanceof RefusedError) return <Refused refusal={error.refusal} block={block} />;
  return <Fault error={error} retry={retry} block={block} />;
}

type Focused = { readonly block: React.RefObject<HTMLDivElement | null> };

function Refused({ refusal, block }: { readonly refusal: Refusal } & Focused) {
  const t = useWords();
  const now = useServerNow();
  const figures = figuresText(refusal);
  const basis = [refusal.law, refusal.article].filter(Boolean).join(" ");
  return (
    <div className="refusal" role="alert" tabIndex={-1} ref={block}>
      <h3>{sentenceOf(refusal)}</h3>
      <dl>
        {(basis || refusal.ruleId) && (
          <>
            <dt>{t("refusal.because")}</dt>
            <dd>
              {basis && <Law unconfirmed={refusal.confidence === "verify"}>{basis}</Law>}{" "}
              {refusal.ruleId && (
                <Link className="third underlined" to="/rules/$ruleId" params={{ ruleId: refusal.ruleId }}>
                  {t("refusal.rule")} {refusal.ruleId}
                </Link>
              )}
            </dd>
          </>
        )}
        {figures && (
          <>
            <dt>{t("refusal.figures")}</dt>
            <dd className="mono">{figures}</dd>
          </>
        )}
        {refusal.whatToDo && (
          <>
            <dt>{t("refusal.do")}</dt>
            <dd className="bold">{withReadableTimes(refusal.whatToDo)}</dd>
          </>
        )}
      </dl>
      <p className="caption third" style={{ marginTop: 8 }}>
        {refusal.code}
        {refusal.traceId && ` · ${t("refusal.trace")} ${refusal.traceId}`}
        {now !== undefined && ` · ${evidenceText(now).slice(0, 19)}`}
      </p>
    </div>
  );
}

function Fault(props: { readonly error: unknown; readonly retry?: (() => void) | undefined } & Focused) {
  const t = useWords();
  const traceId = props.error instanceof FaultError ? props.error.traceId : undefined;
  const detail = props.error instanceof Error ? props.error.message : "";
  return (
    <div className="refusal fault" role="alert" tabIndex={-1} ref={props.block}>
      <h3>{t("fault.title")}</h3>
      <p className="small">
        {t("fault.text")} {traceId && `${t("refusal.trace")} ${traceId}`}
      </p>
      {detail && <p className="caption third">{detail}</p>}
      {props.retry && (
        <p style={{ marginTop: 8 }}>
          <button className="button small" type="button" onClick={props.retry}>
            {t("fault.again")}
          </button>
        </p>
      )}
    </div>
  );
}
