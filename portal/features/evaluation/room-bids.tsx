/** The bids in the room: figures, files, what the scrutiny noticed. Names are here only now. */
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { openBidFile, type Room, type RoomBid } from "../../api/evaluation.ts";
import { Facts } from "../../ui/card.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Tag } from "../../ui/marks.tsx";
import { moneyText } from "../../ui/money.ts";
import { RefusalBlock } from "../../ui/refusal-block.tsx";
import { sizeText } from "../../ui/size.ts";
import { useWords } from "../../words/index.ts";

type Props = { readonly bid: RoomBid; readonly lotId: string; readonly isChair: boolean };

/** What a member does about one bid: ask it in writing; the chair finds which row of a table holds. */
function BidActs({ bid, lotId, isChair }: Props) {
  const t = useWords();
  const acts = [["evl.askBidder", t("evaluation.ask")] as const, ...(isChair ? [["evl.findFact", t("evaluation.findFact")] as const] : [])];
  return (
    <p className="row wrapping">
      {acts.map(([act, words]) => (
        <Link
          key={act}
          className="button small"
          to="/w/$role/lots/$lotId/$act"
          params={{ role: "expert", lotId, act }}
          search={{ fill: { bidDigest: bid.bidDigest } }}
        >
          {words}
          <span className="only-readers"> {bid.bidderName}</span>
        </Link>
      ))}
    </p>
  );
}

function Bid({ bid, lotId, isChair }: Props) {
  const t = useWords();
  const [error, setError] = useState<unknown>(undefined);
  const open = (name: string) => {
    setError(undefined);
    openBidFile(lotId, bid.bidDigest, name).catch(setError);
  };
  return (
    <details style={{ borderTop: "1px solid var(--line-soft)", padding: "12px 20px" }}>
      <summary>
        <b>{bid.bidderName}</b> {bid.figures && <span className="second">{moneyText(bid.figures.priceFen)}</span>}{" "}
        {bid.rejected && (
          <Tag tone="refused" icon="cross">
            {t("evaluation.rejected")}
          </Tag>
        )}
        {bid.flags.length > 0 && <Tag tone="warning">{t("evaluation.flags", { count: bid.flags.length })}</Tag>}
      </summary>
      <div style={{ display: "grid", gap: 12, marginTop: 10 }}>
        {bid.rejected && (
          <p className="small is-refused">
            {bid.rejected.groundText}：{bid.rejected.reason}
          </p>
        )}
        {bid.figures && (
          <Facts
            tinted
            rows={[
              [t("opening.price"), moneyText(bid.figures.priceFen)],
              [t("bid.days"), String(bid.figures.durationDays)],
              [t("bid.manager"), `${bid.figures.managerName}（${bid.figures.managerCertificate}）`],
              [t("bid.quality"), bid.figures.quality],
              [t("bid.validity"), String(bid.figures.validityDays)],
            ]}
          />
        )}
        {bid.flags.map((flag) => (
          <p key={flag} className="small is-warning">
            {flag}
          </p>
        ))}
        <ul>
          {bid.files.map((file) => (
            <li key={file.name} className="row apart small" style={{ padding: "4px 0" }}>
              <span>
                <Icon name="document" /> {file.name} <span className="third">{sizeText(file.size)}</span>
              </span>
              <button className="button small" type="button" onClick={() => open(file.name)}>
                {t("common.download")}
              </button>
            </li>
          ))}
        </ul>
        {!bid.rejected && <BidActs bid={bid} lotId={lotId} isChair={isChair} />}
        {error !== undefined && <RefusalBlock error={error} />}
      </div>
    </details>
  );
}

/** All bids, each opens on demand. */
export function RoomBids({ room, lotId }: { readonly room: Room; readonly lotId: string }) {
  return (
    <>
      {room.bids.map((bid) => (
        <Bid key={bid.bidDigest} bid={bid} lotId={lotId} isChair={room.isChair} />
      ))}
    </>
  );
}
