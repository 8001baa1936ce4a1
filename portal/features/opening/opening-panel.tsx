/** The tab "opening" of a lot: where the hall is, and before it that everything is sealed. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { addressOf } from "../../api/client.ts";
import { drawsQuery } from "../../api/draws.ts";
import { openingQuery } from "../../api/opening.ts";
import { documentQuery } from "../../api/tendering.ts";
import type { Lot, Opening } from "../../api/types.ts";
import { Empty } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Law, Locked } from "../../ui/marks.tsx";
import { deadlineText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";
import { DecryptionTable } from "./decryption-table.tsx";
import { ReadOutTable } from "./read-out-table.tsx";

/** What was read out, and the record that anybody can check with the verifier. */
function ReadOut({ lot, opening }: { readonly lot: Lot; readonly opening: Opening }) {
  const t = useWords();
  const ceilingFen = useQuery(documentQuery(lot.lotId)).data?.ceilingFen ?? undefined;
  const isReadOut = opening.bids.some((bid) => bid.form);
  return (
    <>
      {opening.failed && (
        <p className="refusal" style={{ margin: 20 }}>
          {opening.failed}
        </p>
      )}
      <DecryptionTable opening={opening} own={undefined} />
      <ReadOutTable opening={opening} ceilingFen={ceilingFen} />
      <p className="row wrapping" style={{ padding: "14px 20px 18px" }}>
        <Link className="button" to="/halls/opening/$lotId" params={{ lotId: lot.lotId }}>
          {t("lot.enterHall")}
        </Link>
        {isReadOut && (
          <a className="button" href={addressOf(`/lots/${lot.lotId}/opening/record`)} download={`opening-${lot.lotId}.json`}>
            <Icon name="download" />
            {t("opening.record")}
          </a>
        )}
        {isReadOut && (
          <Link className="underlined" to="/verify" search={{ id: lot.lotId }}>
            {t("lot.verifyPage")}
          </Link>
        )}
      </p>
    </>
  );
}

function NotYet({ lot }: { readonly lot: Lot }) {
  const t = useWords();
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
      <p className="section" style={{ fontSize: 14 }}>
        <Locked>{t("opening.beforeDeadline")}</Locked> <Law>电子招标投标办法 第二十八条</Law>
      </p>
    </>
  );
}

/** The panel. */
export function OpeningPanel({ lot }: { readonly lot: Lot }) {
  const t = useWords();
  const opening = useQuery(openingQuery(lot.lotId)).data ?? undefined;
  const draws = useQuery(drawsQuery(lot.lotId)).data ?? [];
  return (
    <>
      {opening ? <ReadOut lot={lot} opening={opening} /> : <NotYet lot={lot} />}
      {draws.length > 0 && (
        <ul style={{ padding: "0 20px 18px", display: "grid", gap: 8 }}>
          {draws.map((draw) => (
            <li key={draw.drawId}>
              <Link to="/halls/draw/$drawId" params={{ drawId: draw.drawId }}>
                {t("lot.drawHall", { name: draw.name })}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
