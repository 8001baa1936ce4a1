/** The bid form as fields: price with its capital form, period, manager, declared facts. */
import { ChoiceField, MoneyField, TextField } from "../../ui/fields.tsx";
import { moneyText } from "../../ui/money.ts";
import { useWords, type WordKey, type Words } from "../../words/index.ts";
import type { BidDraft, BidFault } from "./bid-form.ts";
import type { DeclaredTable } from "./declared-tables.ts";

/** What the tender document says about the form. */
export type BidTerms = {
  readonly ceilingFen?: string | undefined;
  readonly durationDays?: number | undefined;
  readonly quality?: string | undefined;
  readonly validityDays?: number | undefined;
  readonly depositForms: readonly string[];
  readonly fields: readonly { readonly key: string; readonly label: string; readonly required: boolean }[];
  /** Tables of the formula for which the bidder declares a row. */
  readonly tables: readonly DeclaredTable[];
};

const labels: Readonly<Record<string, WordKey>> = {
  price: "bid.price",
  days: "bid.days",
  quality: "bid.quality",
  managerName: "bid.manager",
  managerCertificate: "bid.managerCertificate",
  validityDays: "bid.validity",
  depositForm: "bid.depositForm",
};

/** The sentence under a field. */
export function faultText(t: Words, fault: BidFault, terms: BidTerms): string {
  const label = labels[fault.field] ? t(labels[fault.field]!) : fault.field;
  if (fault.kind === "aboveCeiling") return t("bid.aboveCeiling", { ceiling: moneyText(terms.ceilingFen ?? "0") });
  if (fault.kind === "missing") return t("form.missing", { label });
  return t(`form.${fault.kind}`);
}

type Props = {
  readonly draft: BidDraft;
  readonly terms: BidTerms;
  readonly faults: readonly BidFault[];
  readonly onChange: (draft: BidDraft) => void;
};

/** Facts that the form asks for beside those that stand in it anyway. */
function Facts({ draft, terms, onChange }: Props) {
  return (
    <>
      {terms.fields.map((field) => (
        <TextField
          key={field.key}
          label={field.label}
          needed={field.required}
          value={draft.facts[field.key] ?? ""}
          onChange={(text) => onChange({ ...draft, facts: { ...draft.facts, [field.key]: text } })}
        />
      ))}
      {terms.tables.map((table) => (
        <ChoiceField
          key={table.id}
          label={table.label}
          options={table.rows.map(({ key, words }) => ({ value: key, label: words }))}
          value={draft.facts[table.id] ?? ""}
          onChange={(text) => onChange({ ...draft, facts: { ...draft.facts, [table.id]: text } })}
        />
      ))}
    </>
  );
}

/** The fields. */
export function BidFields(props: Props) {
  const t = useWords();
  const { draft, terms, faults, onChange } = props;
  const frame = (field: keyof BidDraft) => {
    const fault = faults.find((candidate) => candidate.field === field);
    return { label: t(labels[field]!), needed: true, ...(fault ? { error: faultText(t, fault, terms) } : {}) };
  };
  const set = (field: keyof BidDraft) => (text: string) => onChange({ ...draft, [field]: text });
  const deposits = terms.depositForms.map((value) => ({ value, label: t(`deposit.form.${value}` as WordKey) }));
  return (
    <div className="form">
      <MoneyField
        {...frame("price")}
        hint={terms.ceilingFen ? `${t("lot.ceiling")} ${moneyText(terms.ceilingFen)}` : undefined}
        value={draft.price}
        onChange={set("price")}
      />
      <div className="two">
        <TextField {...frame("days")} inputMode="numeric" value={draft.days} onChange={set("days")} />
        <TextField {...frame("validityDays")} inputMode="numeric" value={draft.validityDays} onChange={set("validityDays")} />
      </div>
      <div className="two">
        <TextField {...frame("managerName")} value={draft.managerName} onChange={set("managerName")} />
        <TextField {...frame("managerCertificate")} value={draft.managerCertificate} onChange={set("managerCertificate")} />
      </div>
      <div className="two">
        <TextField {...frame("quality")} value={draft.quality} onChange={set("quality")} />
        <ChoiceField {...frame("depositForm")} options={deposits} value={draft.depositForm} onChange={set("depositForm")} />
      </div>
      <Facts {...props} />
    </div>
  );
}
