/** What every benchmark shares: its options, medians and percentiles. */
export interface BenchOptions {
  /** Where the embedded database keeps its data. */
  home: string;
  seconds?: number;
  rounds?: number;
  adversarialSeconds?: number;
  full?: boolean;
  watchers?: number;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Nearest-rank percentile; 0 for an empty list. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;
}
