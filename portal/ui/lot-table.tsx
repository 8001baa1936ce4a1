/** Lots as lines: name, kind and place, ceiling price, deadline with its rest. */
import { Link } from "@tanstack/react-router";
import type { LotRow } from "../api/types.ts";
import { useWords, type WordKey } from "../words/index.ts";
import { useRest } from "./countdown.tsx";
import { Tag } from "./marks.tsx";
import { tenThousandText } from "./money.ts";
import { momentText } from "./time.ts";

const soonMs = 3 * 86_400_000;

function Deadline({ lot }: { readonly lot: LotRow }) {
  const t = useWords();
  const rest = useRest(lot.bidsDueAt);
  if (!lot.bidsDueAt) return <>{t("state.unknown")}</>;
  return (
    <>
      {momentText(lot.bidsDueAt)}
      <br />
      {rest === undefined ? null : rest.leftMs <= 0 ? (
        <span className="caption third">{t(`stage.${lot.stage}` as WordKey)}</span>
      ) : rest.leftMs < soonMs ? (
        <Tag tone="warning">{t("common.left", { rest: rest.text })}</Tag>
      ) : (
        <span className="caption third">{t("common.left", { rest: rest.text })}</span>
      )}
    </>
  );
}

/** Table of lots; on a phone it becomes a list of blocks. */
export function LotTable({ lots, caption }: { readonly lots: readonly LotRow[]; readonly caption: string }) {
  const t = useWords();
  return (
    <table className="notices stacks">
      <caption className="only-readers">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t("home.project")}</th>
          <th scope="col" className="right">
            {t("home.amount")}
          </th>
          <th scope="col">{t("home.deadline")}</th>
        </tr>
      </thead>
      <tbody>
        {lots.map((lot) => (
          <tr key={lot.lotId}>
            <td>
              <span>
                <Link className="title" to="/notices/$lotId" params={{ lotId: lot.lotId }}>
                  {lot.name}
                </Link>
                <br />
                <span className="caption third">
                  {[t(`stage.${lot.stage}` as WordKey), t(`region.${lot.regionCode}` as WordKey), lot.kind].join(" · ")}
                </span>
              </span>
            </td>
            <td className="right" data-label={t("home.amount")}>
              {tenThousandText(lot.estimateFen)}
            </td>
            <td className="one-line" data-label={t("home.deadline")}>
              <span>
                <Deadline lot={lot} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
