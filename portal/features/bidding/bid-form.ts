/**
 * `bid-form.json`: the one file of a bid from which figures are read out at the opening. Pure: what a person typed
 * becomes the form, and what is missing is named. The server cannot help here: it must not see any of it.
 */
import { fenOf } from "../../ui/money.ts";

/** What a person types. */
export type BidDraft = {
  readonly price: string;
  readonly days: string;
  readonly quality: string;
  readonly managerName: string;
  readonly managerCertificate: string;
  readonly validityDays: string;
  readonly depositForm: string;
  readonly facts: Readonly<Record<string, string>>;
};

/** Fields with a fault; `facts.<key>` for declared facts. */
export type BidFault = { readonly field: string; readonly kind: "missing" | "notAmount" | "notNumber" | "aboveCeiling" };

/** The form as it stands in the bid. */
export type BidFormFile = {
  readonly v: 1;
  readonly priceFen: string;
  readonly currency: "CNY";
  readonly durationDays: number;
  readonly quality: string;
  readonly projectManager: { readonly name: string; readonly certificate: string };
  readonly validityDays: number;
  readonly depositForm: string;
  readonly facts: Readonly<Record<string, string | number>>;
};

/** An empty draft with what the tender document demands filled in. */
export function firstBidDraft(terms: {
  readonly days?: number;
  readonly quality?: string;
  readonly validityDays?: number;
  readonly depositForm?: string;
}): BidDraft {
  return {
    price: "",
    days: terms.days === undefined ? "" : String(terms.days),
    quality: terms.quality ?? "合格",
    managerName: "",
    managerCertificate: "",
    validityDays: terms.validityDays === undefined ? "" : String(terms.validityDays),
    depositForm: terms.depositForm ?? "",
    facts: {},
  };
}

const whole = (text: string): number | undefined => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : undefined);

/** Everything wrong with a draft; a price above the ceiling is said here, because afterwards nobody can see it. */
export function faultsOf(draft: BidDraft, ceilingFen: string | undefined): readonly BidFault[] {
  const faults: BidFault[] = [];
  const price = fenOf(draft.price);
  if (draft.price.trim() === "") faults.push({ field: "price", kind: "missing" });
  else if (price === undefined) faults.push({ field: "price", kind: "notAmount" });
  else if (ceilingFen !== undefined && BigInt(price) > BigInt(ceilingFen)) faults.push({ field: "price", kind: "aboveCeiling" });
  for (const field of ["days", "validityDays"] as const) {
    if (draft[field].trim() === "") faults.push({ field, kind: "missing" });
    else if (whole(draft[field]) === undefined) faults.push({ field, kind: "notNumber" });
  }
  for (const field of ["quality", "managerName", "managerCertificate", "depositForm"] as const) {
    if (draft[field].trim() === "") faults.push({ field, kind: "missing" });
  }
  return faults;
}

const fact = (text: string): string | number => (/^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text);

/** The file. @throws RangeError when the draft has faults. */
export function bidFormFile(draft: BidDraft): BidFormFile {
  const priceFen = fenOf(draft.price);
  const [durationDays, validityDays] = [whole(draft.days), whole(draft.validityDays)];
  if (priceFen === undefined || durationDays === undefined || validityDays === undefined) throw new RangeError("the draft has faults");
  return {
    v: 1,
    priceFen,
    currency: "CNY",
    durationDays,
    quality: draft.quality.trim(),
    projectManager: { name: draft.managerName.trim(), certificate: draft.managerCertificate.trim() },
    validityDays,
    depositForm: draft.depositForm,
    facts: Object.fromEntries(
      Object.entries(draft.facts)
        .filter(([, text]) => text.trim() !== "")
        .map(([key, text]) => [key, fact(text.trim())]),
    ),
  };
}
