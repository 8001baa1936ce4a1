/** Who has delivered a key: the first phase of an opening. Nothing of a bid's content is here. */
import type { Opening, OpeningBid } from "../../api/types.ts";
import { Progress, Tag } from "../../ui/marks.tsx";
import { clockText } from "../../ui/time.ts";
import { useWords, type Words } from "../../words/index.ts";

/** True when the bidder's key is there. */
export const hasKey = (bid: OpeningBid): boolean => bid.state === "delivered";
/** True when the bid will not be read. */
export const isLost = (bid: OpeningBid): boolean => ["failed", "revoked"].includes(bid.state);

function StateTag({ bid, t }: { readonly bid: OpeningBid; readonly t: Words }) {
  if (hasKey(bid))
    return (
      <Tag tone="ok" icon="unlock">
        {t("opening.state.delivered")}
      </Tag>
    );
  if (bid.state === "revoked")
    return (
      <Tag tone="refused" icon="cross">
        {t("opening.state.revoked")}
      </Tag>
    );
  if (bid.state === "failed")
    return (
      <Tag tone="refused" icon="cross">
        {t("opening.state.failed")}
      </Tag>
    );
  return (
    <Tag tone="sealed" icon="lock">
      {t("opening.state.waiting")}
    </Tag>
  );
}

/** How many of how many. */
export function DecryptionSums({ opening }: { readonly opening: Opening }) {
  const t = useWords();
  const done = opening.bids.filter(hasKey).length;
  const lost = opening.bids.filter(isLost).length;
  return (
    <div className="sums small second">
      <span>
        {t("opening.bids")}
        <b className="ink">{opening.bidCount}</b>
      </span>
      <span>
        {t("opening.decrypted")}
        <b className="is-ok">{done}</b>
      </span>
      {lost > 0 ? (
        <span>
          {t("opening.failed")}
          <b className="is-refused">{lost}</b>
        </span>
      ) : (
        <span>
          {t("opening.waiting")}
          <b className="is-primary">{opening.bids.length - done}</b>
        </span>
      )}
    </div>
  );
}

/** The table. */
export function DecryptionTable({ opening, own }: { readonly opening: Opening; readonly own: string | undefined }) {
  const t = useWords();
  return (
    <table className="stacks">
      <caption className="only-readers">{t("opening.decryption")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("opening.number")}</th>
          <th scope="col">{t("opening.bidder")}</th>
          <th scope="col">{t("opening.attendedAt")}</th>
          <th scope="col">{t("opening.progress")}</th>
          <th scope="col">{t("opening.doneAt")}</th>
          <th scope="col">{t("common.status")}</th>
        </tr>
      </thead>
      <tbody>
        {opening.bids.map((bid, index) => (
          <tr key={bid.bidDigest} className={bid.bidderName === own ? "mine" : ""}>
            <td className="third" data-label={t("opening.number")}>
              {index + 1}
            </td>
            <td>
              <span>
                {bid.bidderName} {bid.bidderName === own && <Tag tone="primary">{t("opening.mine")}</Tag>}
                {bid.note && (
                  <>
                    <br />
                    <span className={`caption ${isLost(bid) ? "is-refused" : "third"}`}>{bid.note}</span>
                  </>
                )}
              </span>
            </td>
            <td className="second one-line" data-label={t("opening.attendedAt")}>
              {bid.attendedAt ? clockText(bid.attendedAt) : t("state.unknown")}
            </td>
            <td style={{ minWidth: 110 }}>
              <Progress label={`${bid.bidderName} ${t("opening.progress")}`} percent={hasKey(bid) ? 100 : 0} ok={hasKey(bid)} />
            </td>
            <td className="one-line" data-label={t("opening.doneAt")}>
              {bid.keyAt ? clockText(bid.keyAt) : t("state.unknown")}
            </td>
            <td>
              <StateTag bid={bid} t={t} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
