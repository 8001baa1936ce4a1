/** The large answer: passed, refused or undecided, in one sentence. */
import { useState } from "react";
import { Icon } from "../../ui/icon.tsx";
import { evidenceText } from "../../ui/time.ts";
import { useWords, type WordKey } from "../../words/index.ts";
import type { Judgement } from "./judgement.ts";

const icons = { passed: "check", refused: "cross", undecided: "warning" } as const;

function useSentences({ kind, verdict, figures }: Judgement): readonly [title: string, under: string] {
  const t = useWords();
  const at = figures.at === undefined ? "" : ` · ${evidenceText(String(figures.at))}`;
  if (kind === "unknown") return [t("verify.unknown"), t("verify.unknownText")];
  if (verdict === "refused") return [t("verify.refused", { code: figures.code ?? "" }), t("verify.refusedText")];
  if (verdict === "undecided") return [t(`verify.undecided.${kind}` as WordKey), t("verify.undecided.text")];
  return [t(`verify.passed.${kind}` as WordKey, figures), at.slice(3)];
}

/** An id inside a name is shortened as digests are: it belongs to programs. */
function shortName(name: string): string {
  return name.length > 28 ? `${name.slice(0, 6)}…${name.slice(-9)}` : name;
}

/** The band with its two buttons; the link only where an address leads back to this proof. */
export function Verdict(props: { readonly judgement: Judgement; readonly name: string; readonly link: string | undefined }) {
  const t = useWords();
  const [copied, setCopied] = useState(false);
  const [title, under] = useSentences(props.judgement);
  const copy = async () => {
    await navigator.clipboard?.writeText(props.link ?? "");
    setCopied(true);
  };
  return (
    <section className={`verdict ${props.judgement.verdict}`} role="status">
      <span className="sign">
        <Icon name={icons[props.judgement.verdict]} />
      </span>
      <div>
        <h2>{title}</h2>
        <p>{[shortName(props.name), under].filter((text) => text !== "").join(" · ")}</p>
      </div>
      <p className="row wrapping no-print">
        <button className="button" type="button" onClick={() => window.print()}>
          <Icon name="print" />
          {t("verify.sheet")}
        </button>
        {props.link && (
          <button className="button" type="button" onClick={() => void copy()}>
            <Icon name="document" />
            {t(copied ? "common.copied" : "verify.copyLink")}
          </button>
        )}
      </p>
    </section>
  );
}
