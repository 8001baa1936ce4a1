/**
 * The desk of cashier and accountant: accounts and refunds, no lot and no bidder's name. Money leaves by two persons;
 * each signs the bank's own bytes with its own key, besides the act.
 */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fromHex, hex } from "../../../formats/bytes.ts";
import { signMessage, suiteOf } from "../../../formats/seal/index.ts";
import { accountsQuery, type Refund, refundsQuery } from "../../api/deposits.ts";
import { currentKeys } from "../../signing/keys.ts";
import { useSendAct } from "../../signing/send-act.ts";
import { Card, Empty } from "../../ui/card.tsx";
import { Digest, Tag } from "../../ui/marks.tsx";
import { moneyText, yuanText } from "../../ui/money.ts";
import { SignDialog, type SignRequest } from "../../ui/sign-dialog.tsx";
import { momentText } from "../../ui/time.ts";
import { useWords, type WordKey, words } from "../../words/index.ts";

type Move = { readonly act: string; readonly word: WordKey; readonly field?: "makerSig" | "checkerSig" };

/** What this role does next with a refund. */
export function moveOf(role: string, refund: Pick<Refund, "state">): Move | undefined {
  if (role === "cashier" && refund.state === "due") return { act: "dep.prepareRelease", word: "deposit.prepare" };
  if (role === "cashier" && refund.state === "prepared") return { act: "dep.orderRelease", word: "deposit.order", field: "makerSig" };
  if (role === "accountant" && refund.state === "ordered")
    return { act: "dep.approveRelease", word: "deposit.approve", field: "checkerSig" };
  return undefined;
}

async function signatureOver(bytes: string): Promise<string> {
  const keys = await currentKeys();
  if (!keys) throw new Error(words("sign.noKey"));
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  return signMessage(suiteOf(1), fromHex(keys.sign.secret), fromHex(bytes), random);
}

type LineProps = { readonly refund: Refund; readonly role: string; readonly onMove: (refund: Refund, move: Move) => void };

function RefundLine({ refund, role, onMove }: LineProps) {
  const t = useWords();
  const move = moveOf(role, refund);
  return (
    <tr>
      <td className="mono">{refund.account}</td>
      <td className="right" data-label={t("deposit.principal")}>
        {yuanText(refund.principalFen)}
      </td>
      <td className="right" data-label={t("deposit.interest")}>
        {refund.interestFen ? yuanText(refund.interestFen) : t("state.unknown")}
      </td>
      <td data-label={t("deposit.due")}>{refund.dueOn}</td>
      <td data-label={t("common.status")}>
        <Tag>{t(`refund.${refund.state}` as WordKey)}</Tag>
      </td>
      <td className="right">
        {move && (
          <button className="button small" type="button" onClick={() => onMove(refund, move)}>
            {t(move.word)}
          </button>
        )}
      </td>
    </tr>
  );
}

function Refunds({ role }: { readonly role: string }) {
  const t = useWords();
  const sendAct = useSendAct();
  const { data: refunds = [] } = useQuery(refundsQuery);
  const [request, setRequest] = useState<SignRequest>();
  const ask = (refund: Refund, move: Move) =>
    setRequest({
      title: t(move.word),
      rows: [
        [t("deposit.account"), refund.account],
        [t("deposit.principal"), moneyText(refund.principalFen)],
        [t("deposit.interest"), refund.interestFen ? moneyText(refund.interestFen) : "—"],
        [t("sign.digest"), <Digest key="bytes" value={refund.bytesToSign ? hex(fromHex(refund.bytesToSign)).slice(0, 64) : "—"} />],
      ],
      send: async (commandId) => {
        const data = { orderId: refund.orderId, ...(move.field ? { [move.field]: await signatureOver(refund.bytesToSign ?? "") } : {}) };
        await sendAct({ act: move.act, data, commandId });
        setRequest(undefined);
      },
    });
  if (refunds.length === 0) return <Empty title={t("deposit.noRefunds")} text={t("deposit.noRefundsText")} />;
  return (
    <>
      <table className="stacks">
        <caption className="only-readers">{t("deposit.refunds")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("deposit.account")}</th>
            <th scope="col" className="right">
              {t("deposit.principal")}
            </th>
            <th scope="col" className="right">
              {t("deposit.interest")}
            </th>
            <th scope="col">{t("deposit.due")}</th>
            <th scope="col">{t("common.status")}</th>
            <th scope="col">
              <span className="only-readers">{t("work.do")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {refunds.map((refund) => (
            <RefundLine key={refund.orderId} refund={refund} role={role} onMove={ask} />
          ))}
        </tbody>
      </table>
      <SignDialog request={request} onClose={() => setRequest(undefined)} />
    </>
  );
}

function Accounts() {
  const t = useWords();
  const { data: accounts = [] } = useQuery(accountsQuery);
  if (accounts.length === 0) return <Empty title={t("deposit.noAccounts")} text={t("deposit.noAccountsText")} />;
  return (
    <table className="stacks">
      <caption className="only-readers">{t("deposit.accounts")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("deposit.account")}</th>
          <th scope="col" className="right">
            {t("deposit.received")}
          </th>
          <th scope="col" className="right">
            {t("deposit.refunded")}
          </th>
          <th scope="col">{t("deposit.lastValue")}</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((row) => (
          <tr key={row.account}>
            <td className="mono">{row.account}</td>
            <td className="right" data-label={t("deposit.received")}>
              {yuanText(row.receivedFen)}
            </td>
            <td className="right" data-label={t("deposit.refunded")}>
              {yuanText(row.refundedFen)}
            </td>
            <td data-label={t("deposit.lastValue")}>{row.lastValueAt && momentText(row.lastValueAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Both cards. */
export function RefundDesk({ role }: { readonly role: string }) {
  const t = useWords();
  return (
    <>
      <Card title={t("deposit.refunds")} flush>
        <Refunds role={role} />
      </Card>
      <Card title={t("deposit.accounts")} flush>
        <Accounts />
      </Card>
    </>
  );
}
