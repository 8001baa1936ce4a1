/** One sealing from the button to the receipt: worker, signature over the bid, signed act, receipt. */
import { useRef, useState } from "react";
import type { SealCeremony, SealReceipt } from "../../../formats/seal/index.ts";
import { currentMembership } from "../../api/membership.ts";
import type { NextAct } from "../../api/types.ts";
import { currentKeys } from "../../signing/keys.ts";
import { newCommandId, useSendAct } from "../../signing/send-act.ts";
import { words } from "../../words/index.ts";
import type { BidFile } from "./bid-files.tsx";
import type { BidDraft } from "./bid-form.ts";
import type { OwnBid } from "./own-bid.ts";
import { type SealJob, type SealProgress, signSubmission, startSealing } from "./seal-job.ts";
import { sealOrder } from "./seal-order.ts";
import type { SealStage } from "./seal-steps.tsx";

type Place = { readonly act: NextAct; readonly lotId: string; readonly own: OwnBid };
type Bid = { readonly ceremony: SealCeremony; readonly draft: BidDraft; readonly files: readonly BidFile[] };

const nothingYet: SealProgress = { sealed: 0, uploaded: 0, total: 0 };

/** State and doors of a sealing. */
export function useSealing({ act, lotId, own }: Place) {
  const sendAct = useSendAct();
  const [stage, setStage] = useState<SealStage>();
  const [progress, setProgress] = useState(nothingYet);
  const [paused, setPaused] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const [receipt, setReceipt] = useState<SealReceipt>();
  const job = useRef<SealJob>(undefined);

  const seal = async ({ ceremony, draft, files }: Bid) => {
    const keys = await currentKeys();
    if (!keys) throw new Error(words("sign.noKey"));
    setStage("encrypt");
    const order = sealOrder({ ceremony, own, draft, files, encKey: keys.seal[ceremony.suite].key, membership: currentMembership() });
    job.current = startSealing(order, setProgress);
    const unsigned = await job.current.result;
    setStage("sign");
    const submission = signSubmission(unsigned, keys.sign);
    setStage("receipt");
    const answer = await sendAct({ act: act.act, lotId, data: submission, commandId: newCommandId() });
    setReceipt(answer.result["receipt"] as SealReceipt);
  };
  const start = async (bid: Bid) => {
    setError(undefined);
    setProgress(nothingYet);
    try {
      await seal(bid);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setStage(undefined);
    }
  };
  const pause = () => {
    job.current?.pause();
    setPaused(true);
  };
  const resume = () => {
    job.current?.resume();
    setPaused(false);
  };
  return { stage, progress, paused, error, receipt, start, pause, resume };
}
