/** The read-out. Until the window closes every price is a lock; then all appear at the same moment. */
import type { Opening, OpeningBid } from "../../api/types.ts";
import { Icon } from "../../ui/icon.tsx";
import { Law, Locked, Tag } from "../../ui/marks.tsx";
import { yuanText } from "../../ui/money.ts";
import { clockText } from "../../ui/time.ts";
import { useWords, type WordKey } from "../../words/index.ts";
import { isLost } from "./decryption-table.tsx";
import { discountText } from "./discount.ts";

function ReadTag({ bid }: { readonly bid: OpeningBid }) {
  const t = useWords();
  if (bid.objection)
    return (
      <Tag tone="warning" icon="speech">
        {t(bid.answer ? "opening.state.answered" : "opening.state.objected")}
      </Tag>
    );
  if (bid.confirmedAt)
    return (
      <Tag tone="ok" icon="check">
        {t("opening.state.confirmed")}
      </Tag>
    );
  if (bid.form)
    return (
      <Tag tone="info" icon="speaker">
        {t("opening.state.read")}
      </Tag>
    );
  return <Tag>{t("opening.state.toRead")}</Tag>;
}

function Hidden({ text }: { readonly text: string }) {
  const t = useWords();
  return (
    <>
      <td className="right" colSpan={2} data-label={t("opening.price")}>
        <Locked>{text}</Locked>
      </td>
      <td className="right" data-label={t("opening.days")}>
        <Locked />
      </td>
      <td data-label={t("opening.quality")}>
        <Locked />
      </td>
      <td data-label={t("opening.manager")}>
        <Locked />
      </td>
    </>
  );
}

function Shown({ form, ceilingFen }: { readonly form: NonNullable<OpeningBid["form"]>; readonly ceilingFen: string | undefined }) {
  const t = useWords();
  const unknown = t("state.unknown");
  return (
    <>
      <td className="right bold" data-label={t("opening.price")}>
        {yuanText(form.priceFen)}
      </td>
      <td className="right" data-label={t("opening.discount")}>
        {discountText(form.priceFen, ceilingFen) ?? unknown}
      </td>
      <td className="right" data-label={t("opening.days")}>
        {form.days ?? unknown}
      </td>
      <td data-label={t("opening.quality")}>{form.quality ?? unknown}</td>
      <td data-label={t("opening.manager")}>{form.manager ?? unknown}</td>
    </>
  );
}

/** The sentence above the table and the table. */
export function ReadOutTable({ opening, ceilingFen }: { readonly opening: Opening; readonly ceilingFen: string | undefined }) {
  const t = useWords();
  const shown = opening.bids.some((bid) => bid.form !== undefined);
  const hiddenText = opening.windowEndsAt
    ? `${clockText(opening.windowEndsAt).slice(0, 5)} ${t("opening.sameTime")}`
    : t("opening.sameTime");
  return (
    <>
      <p className="small second" style={{ padding: "12px 20px 4px" }}>
        <Icon name="scales" /> {shown ? t("opening.readNote") : t("opening.sealedNote")} <Law>电子招标投标办法 第三十条</Law>
      </p>
      <table className="stacks">
        <caption className="only-readers">{t("opening.table")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("opening.number")}</th>
            <th scope="col">{t("opening.bidder")}</th>
            <th scope="col" className="right">
              {t("opening.price")}
            </th>
            <th scope="col" className="right">
              {t("opening.discount")}
            </th>
            <th scope="col" className="right">
              {t("opening.days")}
            </th>
            <th scope="col">{t("opening.quality")}</th>
            <th scope="col">{t("opening.manager")}</th>
            <th scope="col">{t("opening.deposit")}</th>
            <th scope="col">{t("common.status")}</th>
          </tr>
        </thead>
        <tbody>
          {opening.bids
            .filter((bid) => !isLost(bid))
            .map((bid, index) => (
              <tr key={bid.bidDigest}>
                <td className="third" data-label={t("opening.number")}>
                  {index + 1}
                </td>
                <td>
                  <span>
                    {bid.bidderName}
                    {bid.objection && (
                      <>
                        <br />
                        <span className="caption is-warning">
                          {bid.objection}
                          {bid.answer && ` → ${bid.answer}`}
                        </span>
                      </>
                    )}
                  </span>
                </td>
                {bid.form ? <Shown form={bid.form} ceilingFen={ceilingFen} /> : <Hidden text={hiddenText} />}
                <td data-label={t("opening.deposit")}>
                  {bid.form?.depositForm ? t(`deposit.form.${bid.form.depositForm}` as WordKey) : t("state.unknown")}
                </td>
                <td>
                  <ReadTag bid={bid} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </>
  );
}
