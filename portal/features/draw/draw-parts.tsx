/** Result, working, moments and shares of a draw. No spinning, nothing decided here: all of it is in the record. */
import "../../words/draw-words.ts";
import type { Draw } from "../../api/types.ts";
import { Digest, Tag } from "../../ui/marks.tsx";
import { clockText, evidenceText } from "../../ui/time.ts";
import { useWords, type WordKey } from "../../words/index.ts";

/** The candidates with the chosen one in gold. */
export function Candidates({ draw }: { readonly draw: Draw }) {
  if (draw.candidates.length === 0) return null;
  return (
    <ol className="candidates">
      {draw.candidates.map((candidate, index) => (
        <li key={candidate.id} className={candidate.chosen ? "chosen" : ""} {...(candidate.chosen ? { "aria-current": true } : {})}>
          <b>{candidate.label}</b>
          <span>{index}</span>
        </li>
      ))}
    </ol>
  );
}

/** How the result comes out of what was published, line by line. */
export function Working({ draw }: { readonly draw: Draw }) {
  const t = useWords();
  const lines: readonly (readonly [string, string | undefined])[] = [
    [t("draw.list"), draw.planHash],
    [t("draw.beacon"), draw.mode === 0 ? t("draw.noBeacon") : undefined],
    [t("draw.seed"), draw.seed],
    [t("draw.result"), draw.resultText],
  ];
  return (
    <ol className="working body" style={{ paddingTop: 6, paddingBottom: 8 }}>
      {lines.map(([name, value], index) => (
        <li key={name}>
          <span className="key">{index + 1}</span>
          <span>{name}</span>
          <span className="mono">{value ?? t("draw.pending")}</span>
        </li>
      ))}
    </ol>
  );
}

const moments: readonly (readonly [keyof Draw["moments"], WordKey])[] = [
  ["frozenAt", "draw.frozenAt"],
  ["commitEnd", "draw.commitEnd"],
  ["revealEnd", "draw.revealEnd"],
  ["resultAt", "draw.resultAt"],
];

/** Every share was there before its limit, so the result came before it. */
function isEarly({ moments: { revealEnd, resultAt } }: Draw): boolean {
  return revealEnd !== undefined && resultAt !== undefined && Date.parse(resultAt) < Date.parse(revealEnd);
}

/** List, commitments, shares, result, in the only possible order. */
export function Moments({ draw, now }: { readonly draw: Draw; readonly now: number | undefined }) {
  const t = useWords();
  return (
    <ol className="moments body">
      {moments.map(([name, word]) => {
        const at = draw.moments[name];
        const ahead = at === undefined || (draw.step !== "result" && now !== undefined && Date.parse(at) > now);
        return (
          <li key={name} className={ahead ? "ahead" : ""}>
            <b title={at && evidenceText(at)}>{at ? clockText(at) : t("state.unknown")}</b>
            <span>{t(name === "revealEnd" && isEarly(draw) ? "draw.revealedEarly" : word)}</span>
          </li>
        );
      })}
    </ol>
  );
}

function CheckTag({ state }: { readonly state: Draw["shares"][number]["state"] }) {
  const t = useWords();
  if (state === "agrees")
    return (
      <Tag tone="ok" icon="check">
        {t("draw.agrees")}
      </Tag>
    );
  if (state === "committed") return <Tag tone="info">{t("draw.committed")}</Tag>;
  if (state === "missing")
    return (
      <Tag tone="refused" icon="cross">
        {t("draw.missing")}
      </Tag>
    );
  return <Tag>{t("draw.waiting")}</Tag>;
}

/** Who committed to what, and what was revealed. */
export function Shares({ draw }: { readonly draw: Draw }) {
  const t = useWords();
  return (
    <table className="small stacks">
      <caption className="only-readers">{t("draw.shares")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("draw.party")}</th>
          <th scope="col">{t("draw.commitment")}</th>
          <th scope="col">{t("draw.share")}</th>
          <th scope="col">{t("draw.check")}</th>
        </tr>
      </thead>
      <tbody>
        {draw.shares.map((share) => (
          <tr key={share.party}>
            <td>
              {share.party} {share.mine && <Tag tone="primary">{t("draw.me")}</Tag>}
            </td>
            <td data-label={t("draw.commitment")}>{share.commitment ? <Digest value={share.commitment} /> : t("state.unknown")}</td>
            <td data-label={t("draw.share")}>{share.share ? <Digest value={share.share} /> : t("state.unknown")}</td>
            <td>
              <CheckTag state={share.state} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
