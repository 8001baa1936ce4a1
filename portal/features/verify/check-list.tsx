/** The checks of a proof, one under the other: what was checked, with its figure, its code, its digest. */
import { Card } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Digest } from "../../ui/marks.tsx";
import { evidenceText } from "../../ui/time.ts";
import { useWords, type WordKey } from "../../words/index.ts";
import type { Check } from "./judgement.ts";

/** An instant of the record as people read it; all else stays. */
function readable(figures: Check["figures"]): Record<string, string | number> {
  const isTime = (value: unknown) => typeof value === "string" && /^\d{4}-\d\d-\d\dT.*Z$/.test(value);
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, isTime(value) ? evidenceText(value) : value]));
}

function useCheckText({ name, state, figures, code, where }: Check): string {
  const t = useWords();
  if (state === "unreached") return t("verify.unreachedText");
  if (state === "absent") return t(`verify.check.${name}.absent` as WordKey);
  if (state === "holds") return t(`verify.check.${name}.text` as WordKey, readable(figures));
  return where === undefined ? t("verify.failsText", { code: code ?? "" }) : t("verify.failsAt", { code: code ?? "", where });
}

function Row({ check }: { readonly check: Check }) {
  const t = useWords();
  const { name, state, mark, digest } = check;
  const text = useCheckText(check);
  return (
    <li className={`check ${state}`}>
      <span className="sign">
        <Icon name={state === "holds" ? "check" : state === "fails" ? "cross" : "right"} />
      </span>
      <div>
        <b>{t(`verify.check.${name}` as WordKey)}</b>
        <p className="small second">{text}</p>
        {state === "holds" && digest && <Digest value={digest} />}
      </div>
      <span className="mark small">{state === "holds" && mark ? mark : t(`verify.mark.${state}`)}</span>
    </li>
  );
}

/** The card of all checks. */
export function CheckList({ checks, seconds }: { readonly checks: readonly Check[]; readonly seconds: number }) {
  const t = useWords();
  const aside = <span className="small second">{t("verify.done", { seconds: seconds.toFixed(2) })}</span>;
  return (
    <Card title={t("verify.checks", { count: checks.length })} aside={aside} flush>
      <ul className="checks">
        {checks.map((check, k) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a package inside a package has checks of the same names; the list never changes.
          <Row key={`${check.name}${k}`} check={check} />
        ))}
      </ul>
    </Card>
  );
}
