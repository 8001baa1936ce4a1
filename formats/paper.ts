/**
 * A paper that people keep (notice, opening record, report, letter, contract) as content: one model,
 * from which the PDF, the portal's print view and the archive are made. It says nothing of layout.
 */
export interface Paper {
  /** `notice`, `opening-record`, `evaluation-report`, `award-letter`, `contract` …; also the file name. */
  kind: string;
  title: string;
  /** The 统一交易标识码 printed on every page. */
  dealCode: string;
  issuedBy: string;
  /** Shanghai day, `YYYY-MM-DD`. */
  issuedOn: string;
  sandbox: boolean;
  /** Names of the organisations whose seals are on the file; the paper says so, or that there is none. */
  sealedBy?: readonly string[];
  blocks: readonly PaperBlock[];
}

export type PaperBlock =
  | { heading: string }
  | { text: string }
  | { fields: readonly (readonly [label: string, value: string])[] }
  | { table: { columns: readonly string[]; rows: readonly (readonly string[])[] } }
  /** Who signed in the platform, and the digest of the act; the PDF itself is not signed yet. */
  | { signatures: readonly { name: string; at: string; digest: string }[] };
