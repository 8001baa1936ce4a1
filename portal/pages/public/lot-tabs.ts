/** Tabs of the lot page, in the order of the trade. */
export const lotTabs = ["overview", "documents", "questions", "opening", "result", "contract", "record"] as const;
/** One tab. */
export type LotTab = (typeof lotTabs)[number];
