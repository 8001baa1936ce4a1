/**
 * The bid composer: is my bid complete and sealed? Form and files stay on this computer; sealing runs in a worker;
 * the server gets ciphertext and gives a receipt. Sealing is never refused for a missing deposit.
 */
import "./bidding-words.ts";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SealReceipt } from "../../../formats/seal/index.ts";
import { ceremonyQuery } from "../../api/ceremony.ts";
import { documentQuery, type WireDocument } from "../../api/tendering.ts";
import type { NextAct } from "../../api/types.ts";
import { Card, Empty } from "../../ui/card.tsx";
import { Countdown } from "../../ui/countdown.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Law, Tag } from "../../ui/marks.tsx";
import { Reading } from "../../ui/reading.tsx";
import { RefusalBlock } from "../../ui/refusal-block.tsx";
import { deadlineText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";
import { BidFields, type BidTerms, faultText } from "./bid-fields.tsx";
import { type BidFile, BidFiles } from "./bid-files.tsx";
import { type BidDraft, type BidFault, faultsOf, firstBidDraft } from "./bid-form.ts";
import { NewestReceipt, ReceiptList } from "./bid-receipts.tsx";
import { declaredTables } from "./declared-tables.ts";
import { type OwnBid, ownBidQuery } from "./own-bid.ts";
import { SealSteps } from "./seal-steps.tsx";
import { useSealing } from "./use-sealing.ts";
import { WithdrawBid } from "./withdraw-bid.tsx";

const standing = new Set([
  "totalPriceYuan",
  "discountRatePercent",
  "durationDays",
  "quality",
  "validityDays",
  "securityForm",
  "projectManager",
  "priceFen",
]);

/** What the composer needs of the tender document. */
export function termsOf(document: WireDocument): BidTerms {
  const form = document.content.forms.find(({ id }) => id === "bidForm");
  return {
    ceilingFen: document.ceilingFen ?? undefined,
    durationDays: document.durationDays,
    quality: document.quality,
    validityDays: document.bidValidityDays,
    depositForms: document.depositForms,
    fields: (form?.fields ?? [])
      .filter(({ key }) => !standing.has(key))
      .map(({ key, label, required }) => ({ key, label, required: required ?? false })),
    tables: declaredTables(document.method.tree),
  };
}

function State({ own }: { readonly own: OwnBid }) {
  const t = useWords();
  return (
    <Card title={t("bid.current")}>
      <p>
        {own.live ? (
          <Tag tone="sealed" icon="lock">
            {t("bid.live", { version: own.live.header.version })}
          </Tag>
        ) : (
          <Tag>{t("bid.notYet")}</Tag>
        )}
      </p>
      {own.deadline && (
        <>
          <p className="small second" style={{ marginTop: 8 }}>
            {t("common.until", { time: deadlineText(own.deadline) })}
          </p>
          <p>
            <Countdown until={own.deadline} label={t("opening.deadlineLeft")} />
          </p>
        </>
      )}
      {own.live && <p className="small second">{t("bid.sealed")}</p>}
    </Card>
  );
}

function Checks({ faults, terms, ready }: { readonly faults: readonly BidFault[]; readonly terms: BidTerms; readonly ready: boolean }) {
  const t = useWords();
  const checks: readonly (readonly [string, boolean])[] = [
    [t("bid.check.form"), faults.every(({ kind }) => kind === "aboveCeiling")],
    [t("bid.check.price"), !faults.some(({ field }) => field === "price")],
    [t("bid.check.secure"), globalThis.isSecureContext],
    [t("bid.check.ceremony"), ready],
  ];
  const passed = checks.filter(([, good]) => good).length;
  return (
    <Card
      title={t("bid.checks")}
      aside={
        <span className="small bold">
          {passed}/{checks.length}
        </span>
      }
    >
      <ul style={{ display: "grid", gap: 8 }}>
        {checks.map(([text, good]) => (
          <li key={text} className={`row small ${good ? "is-ok" : "second"}`}>
            <Icon name={good ? "check" : "clock"} />
            {text}
          </li>
        ))}
      </ul>
      {faults.length > 0 && (
        <ul className="tint small" style={{ marginTop: 12 }}>
          {faults.map((fault) => (
            <li key={fault.field}>{faultText(t, fault, terms)}</li>
          ))}
        </ul>
      )}
      <p style={{ marginTop: 12 }}>
        <Law>电子招标投标办法 第二十六条</Law>
      </p>
    </Card>
  );
}

function Insecure() {
  const t = useWords();
  return (
    <p className="refusal" role="alert">
      {t("bid.insecure")}
    </p>
  );
}

function Received({ receipt, own }: { readonly receipt: SealReceipt; readonly own: OwnBid }) {
  return (
    <div className="column gap-24">
      <NewestReceipt receipt={receipt} />
      <ReceiptList receipts={own.receipts} />
    </div>
  );
}

type Known = { readonly act: NextAct; readonly lotId: string; readonly own: OwnBid; readonly document: WireDocument };

function Composer({ act, lotId, own, document }: Known) {
  const t = useWords();
  const terms = termsOf(document);
  const ceremony = useQuery(ceremonyQuery(lotId)).data?.ceremony ?? undefined;
  const [draft, setDraft] = useState<BidDraft>(() =>
    firstBidDraft({
      days: document.durationDays,
      quality: document.quality,
      validityDays: document.bidValidityDays,
      depositForm: document.depositForms[0] ?? "",
    }),
  );
  const [files, setFiles] = useState<readonly BidFile[]>([]);
  const [isChecked, setChecked] = useState(false);
  const sealing = useSealing({ act, lotId, own });
  const faults = faultsOf(draft, terms.ceilingFen);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (faults.some(({ kind }) => kind !== "aboveCeiling") || !ceremony) return;
    void sealing.start({ ceremony, draft, files });
  };
  if (!globalThis.isSecureContext) return <Insecure />;
  if (sealing.receipt) return <Received receipt={sealing.receipt} own={own} />;
  return (
    <form className="with-rail" onSubmit={submit} noValidate>
      <div className="column gap-24">
        {sealing.error !== undefined && <RefusalBlock error={sealing.error} />}
        {sealing.stage ? (
          <Card title={t("bid.sealing")}>
            <SealSteps
              stage={sealing.stage}
              progress={sealing.progress}
              paused={sealing.paused}
              onPause={sealing.pause}
              onResume={sealing.resume}
            />
          </Card>
        ) : (
          <>
            <Card title={t("bid.form")}>
              <BidFields draft={draft} terms={terms} faults={isChecked ? faults : []} onChange={setDraft} />
            </Card>
            <Card title={t("bid.parts")}>
              <BidFiles files={files} onChange={setFiles} />
            </Card>
            <p>
              <button className="button primary large" type="submit" disabled={!ceremony}>
                {t("bid.seal")}
              </button>{" "}
              {!ceremony && <span className="small second">{t("bid.noCeremony")}</span>}
            </p>
          </>
        )}
      </div>
      <div className="column gap-24">
        <State own={own} />
        <Checks faults={faults} terms={terms} ready={ceremony !== undefined} />
        <ReceiptList receipts={own.receipts} />
        {own.live && own.mayChange && <WithdrawBid lotId={lotId} bidDigest={own.live.bidDigest} />}
      </div>
    </form>
  );
}

/** `/w/bidder/lots/:lotId/bid.seal` */
export function BidComposer({ act, lotId }: { readonly act: NextAct; readonly lotId: string }) {
  const t = useWords();
  const own = useQuery(ownBidQuery(lotId));
  const document = useQuery(documentQuery(lotId));
  return (
    <Reading query={document}>
      {(known) =>
        known && own.data ? (
          <Composer act={act} lotId={lotId} own={own.data} document={known} />
        ) : (
          <section className="card">
            <Empty title={t("bid.title")} text={known === null ? t("bid.noDocument") : t("state.loading")} />
          </section>
        )
      }
    </Reading>
  );
}
