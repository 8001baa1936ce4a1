/** Evidence: the log of the record, its witnesses, and what a third party receives. It reads the record and is never waited for. */
export { AnchorContract, type ChainAccess, confirmAnchor, type Outcome } from "./anchor/anchor-contract.ts";
export { AnchorFault, Anchoring, type AnchoringOptions } from "./anchor/anchoring.ts";
export { type EmbeddedChain, type EmbeddedChainWish, startEmbeddedChain } from "./anchor/embedded-chain.ts";
export { Evidence, type EvidenceOptions, type EvidenceStatus } from "./evidence.ts";
export { type AuditParts, auditLog, type LogAudit } from "./log/audit.ts";
export { writeDurable } from "./log/durable-file.ts";
export { EvidenceLog, type EvidenceLogOptions, type LogState } from "./log/evidence-log.ts";
export { LogFault } from "./log/log-fault.ts";
export { LogKeys, type SignedHead } from "./log/log-keys.ts";
export { type BundleWish, bundlesFor } from "./log/make-bundle.ts";
export type { Published } from "./log/publisher.ts";
export { readLogPath, TileFolder } from "./log/tile-folder.ts";
export { type ExportWish, exportPackage, type TradeSummary, writeManifest } from "./package/export-package.ts";
export type { Level } from "./package/record-lines.ts";
export { type Lag, type Standing, type StandingLimits, standingAt, usualLimits } from "./standing.ts";
export type { WitnessAddress, WitnessAnswer } from "./witnessing/ask-witness.ts";
export { type WitnessedHead, Witnessing, type WitnessingOptions, type WitnessState } from "./witnessing/witnessing.ts";
