/**
 * Who may read what, when: written by hand from the time gates of roles.md §2, apart from the table that decides
 * (`visibility.ts`). A test asks every cell over HTTP; whoever changes one of the two has to change the other.
 *
 * A line is a route; a word has one letter for each stage, in the order of `matrixStages`:
 *   Y  may read
 *   N  may not know that it exists (404, as for an absent object)
 *   O  its own part only: answered, and nothing of another party in it
 * Readers that a line does not name have N throughout.
 */
export const matrixStages = ["draft", "tendering", "opening", "evaluation", "reported", "publicity", "result"] as const;

export const matrixReaders = [
  "public",
  "bidder",
  "otherBidder",
  "buyer",
  "otherBuyer",
  "agent",
  "otherAgent",
  "centre",
  "drawOperator",
  "archivist",
  "cashier",
  "supervisor",
  "otherSupervisor",
  "expert",
  "otherExpert",
  "guarantor",
  "registrar",
] as const;

export type MatrixReader = (typeof matrixReaders)[number];
export type MatrixStage = (typeof matrixStages)[number];
type Word = `${string}`;

export interface MatrixLine {
  path: string;
  /** The row of roles.md §2, or the rule, that the line follows. */
  after: string;
  /** Of everybody who is not named below. */
  rest?: Word;
  who?: Partial<Record<MatrixReader, Word>>;
}

/** The same word for several readers. */
function each(readers: readonly MatrixReader[], word: Word): Partial<Record<MatrixReader, Word>> {
  return Object.fromEntries(readers.map((reader) => [reader, word]));
}

const offices: readonly MatrixReader[] = ["centre", "drawOperator", "archivist"];
const inCharge: readonly MatrixReader[] = ["buyer", "agent", ...offices, "supervisor"];
const bidders: readonly MatrixReader[] = ["bidder", "otherBidder"];
const deskRoles: readonly MatrixReader[] = ["buyer", "otherBuyer", "agent", "otherAgent", ...offices, "registrar"];

export const readTable: readonly MatrixLine[] = [
  { path: "/lots", after: "public; a draft stands in the list of its parties only", rest: "OOOOOOO" },
  {
    path: "/lots/:lotId",
    after: "public from the notice; before it the parties and the authority",
    rest: "NYYYYYY",
    who: each(inCharge, "YYYYYYY"),
  },
  { path: "/lots/:lotId/next-steps", after: "as the lot", rest: "NYYYYYY", who: each(inCharge, "YYYYYYY") },
  {
    path: "/lots/:lotId/papers",
    after: "as the lot; each paper has its own line of groups",
    rest: "NYYYYYY",
    who: each(inCharge, "YYYYYYY"),
  },
  {
    path: "/lots/:lotId/record",
    after: "public log: disclosed events in words, once the lot is public; its parties and the authority before",
    rest: "NYYYYYY",
    who: each(inCharge, "YYYYYYY"),
  },
  { path: "/projects", after: "desk of buyers, agents and the centre: own ones", who: each(deskRoles, "OOOOOOO") },
  { path: "/projects/:projectId", after: "the buyer's own", who: { buyer: "YYYYYYY" } },
  { path: "/admissions", after: "desk of buyers, agents and the centre: own ones", who: each(deskRoles, "OOOOOOO") },
  { path: "/admissions/:admissionId", after: "the parties of the admission", who: each(["buyer", "agent", ...offices], "YYYYYYY") },
  {
    path: "/lots/:lotId/ceremony",
    after: "opening key: public board, once the lot is public",
    rest: "NYYYYYY",
    who: each(inCharge, "YYYYYYY"),
  },
  {
    path: "/lots/:lotId/draws",
    after: "draw service: public board, once the lot is public",
    rest: "NYYYYYY",
    who: each(inCharge, "YYYYYYY"),
  },
  { path: "/draws/:drawId", after: "draw service: public board without names", rest: "NYYYYYY" },
  { path: "/draws/:drawId/record", after: "draw service: public record without names", rest: "NYYYYYY" },
  { path: "/lots/:lotId/notice", after: "招标公告: everybody once published", rest: "NYYYYYY" },
  {
    path: "/lots/:lotId/document",
    after: "招标文件: everybody once published, its makers before",
    rest: "NYYYYYY",
    who: each(["buyer", "agent"], "YYYYYYY"),
  },
  { path: "/lots/:lotId/questions", after: "questions: text without name, to all", rest: "NYYYYYY" },
  { path: "/lots/:lotId/taken-document", after: "document holders: nobody but oneself", who: each(bidders, "NOOOOOO") },
  { path: "/lots/:lotId/deposit", after: "security payer and amount: bidder O", who: each(bidders, "NOOOOOO") },
  { path: "/lots/:lotId/own-bid", after: "bid content: bidder O", who: each(bidders, "NOOOOOO") },
  { path: "/lots/:lotId/clarifications", after: "asked of one bidder in writing: bidder O", who: each(bidders, "NOOOOOO") },
  { path: "/lots/:lotId/outcome", after: "score details: bidder O", who: each(bidders, "NOOOOOO") },
  { path: "/deposits", after: "cashier: opaque accounts, no lot before the opening", who: { cashier: "OOOOOOO" } },
  { path: "/deposits/refunds", after: "cashier: refunds to be made", who: { cashier: "OOOOOOO" } },
  { path: "/guarantees", after: "guarantee form: guarantor O", who: { guarantor: "OOOOOOO" } },
  // At the opening it is read out whether each bidder has paid; who heard it does not unlearn it.
  {
    path: "/lots/:lotId/deposits",
    after: "security: paid or not, at the opening",
    who: { ...each(inCharge, "NNYYYYY"), expert: "NNNYYYY" },
  },
  { path: "/lots/:lotId/opening", after: "bid existence, number: nobody before the opening, everybody at it", rest: "NNYYYYY" },
  { path: "/lots/:lotId/opening/record", after: "opened figures: the public record, once read out", rest: "NNNYYYY" },
  {
    path: "/lots/:lotId/bids/:bidDigest/files/:name",
    after: "bid content: committee; after the award the supervisor",
    who: { expert: "NNNYYYY", supervisor: "NNNNNNY" },
  },
  { path: "/lots/:lotId/committee", after: "progress without names: those in charge", who: each(inCharge, "NYYYYYY") },
  {
    path: "/lots/:lotId/committee/seats",
    after: "expert names: committee among themselves, check-in desk on the day, supervisor after the award",
    who: { centre: "NNNYNNN", expert: "NNNYYYY", supervisor: "NNNNNNY" },
  },
  { path: "/lots/:lotId/committee/members", after: "expert names: committee among themselves", who: { expert: "NNNYYYY" } },
  { path: "/lots/:lotId/evaluation", after: "score details: each expert O", who: { expert: "NNNNYYY" } },
  {
    path: "/lots/:lotId/evaluation/progress",
    after: "how far the committee is: those in charge",
    who: { ...each(inCharge, "NNNYYYY"), expert: "NNNYYYY" },
  },
  {
    path: "/lots/:lotId/evaluation/report",
    after: "评标报告: to the buyer (招标投标法 第四十条), the supervisor and the committee",
    who: { buyer: "NNNNYYY", agent: "NNNNYYY", supervisor: "NNNNYYY", expert: "NNNNYYY" },
  },
  { path: "/lots/:lotId/award", after: "candidates' published items, from their publication", rest: "NNNNNYY" },
  {
    path: "/lots/:lotId/award/desk",
    after: "the award is prepared by the buyer; the supervisor watches",
    who: { buyer: "NNNYYYY", agent: "NNNYYYY", supervisor: "NNNNYYY" },
  },
  { path: "/lots/:lotId/contract", after: "contract: public items after signing", rest: "NNNNNNY" },
  {
    path: "/lots/:lotId/contract/text",
    after: "contract: its parties and the supervisor",
    who: each(["buyer", "agent", "supervisor"], "NNNNNNY"),
  },
  { path: "/lots/:lotId/remedies", after: "remedies: public items", rest: "NYYYYYY" },
  {
    path: "/lots/:lotId/remedies/cases",
    after: "remedies: parties of the case",
    who: { ...each(bidders, "NOOOOOO"), ...each(["buyer", "agent", "supervisor"], "NYYYYYY") },
  },
  {
    path: "/lots/:lotId/replay",
    after: "process replay: the authority in charge; each event by the gate of its own matter",
    who: { supervisor: "NYYYYYY" },
  },
  { path: "/lots/:lotId/archive", after: "archive: those in charge, once there is one", who: each(inCharge, "NNNNNNY") },
];

/** The letter of one cell. */
export function cellOf(line: MatrixLine, reader: MatrixReader, stage: MatrixStage): string {
  const word = line.who?.[reader] ?? line.rest ?? "NNNNNNN";
  return word[matrixStages.indexOf(stage)] ?? "N";
}

/** How many questions the matrix test asks: each read, as each reader, at each stage. */
export const matrixCells = readTable.length * matrixReaders.length * matrixStages.length;
