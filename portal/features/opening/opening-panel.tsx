/** The tab "opening" of a lot: where the hall is, and before it that everything is sealed. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { drawsQuery } from "../../api/draws.ts";
import type { Lot } from "../../api/types.ts";
import { Empty } from "../../ui/card.tsx";
import { Law, Locked } from "../../ui/marks.tsx";
import { deadlineText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";

/** The panel. */
export function OpeningPanel({ lot }: { readonly lot: Lot }) {
  const t = useWords();
  const draws = useQuery(drawsQuery(lot.lotId));
  return (
    <>
      <Empty
        title={lot.bidsDueAt ? `${t("halls.opening")} · ${deadlineText(lot.bidsDueAt)}` : t("lot.notOpened")}
        text={t("lot.notOpenedText")}
        act={
          <Link className="button" to="/halls/opening/$lotId" params={{ lotId: lot.lotId }}>
            {t("lot.enterHall")}
          </Link>
        }
      />
      <div className="section" style={{ display: "grid", gap: 10 }}>
        <p style={{ fontSize: 14 }}>
          <Locked>{t("opening.beforeDeadline")}</Locked> <Law>电子招标投标办法 第二十八条</Law>
        </p>
        {(draws.data ?? []).map((draw) => (
          <p key={draw.drawId} style={{ fontSize: 14 }}>
            <Link to="/halls/draw/$drawId" params={{ drawId: draw.drawId }}>
              {t("lot.drawHall", { name: draw.name })}
            </Link>
          </p>
        ))}
      </div>
    </>
  );
}
