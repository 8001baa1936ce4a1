/** Acts that have a page of their own, because a form alone would not do: sealing, decrypting, ceremony, draws. */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { NextAct } from "../../api/types.ts";

/** What such a page is given. */
export type OwnPageProps = { readonly act: NextAct; readonly lotId: string };
/** A page that is fetched when it is opened. */
export type OwnPage = LazyExoticComponent<ComponentType<OwnPageProps>>;

const fetched = (load: () => Promise<ComponentType<OwnPageProps>>): OwnPage => lazy(async () => ({ default: await load() }));

const takePart = fetched(async () => (await import("../../features/ceremony/take-part.tsx")).TakePart);
const drawAct = fetched(async () => (await import("../../features/draw/draw-acts.tsx")).DrawAct);
const scoreSheet = fetched(async () => (await import("../../features/evaluation/score-sheet.tsx")).ScoreSheet);

/** Pages by act. */
export const ownPages: Readonly<Record<string, OwnPage>> = {
  "ntc.sign": fetched(async () => (await import("../../features/tendering/sign-notice.tsx")).SignNotice),
  "bid.seal": fetched(async () => (await import("../../features/bidding/bid-composer.tsx")).BidComposer),
  "bid.withdraw": fetched(async () => (await import("../../features/bidding/bid-composer.tsx")).BidComposer),
  "bid.deliverKey": fetched(async () => (await import("../../features/bidding/deliver-key.tsx")).DeliverKey),
  "drw.freeze": drawAct,
  "drw.contribute": drawAct,
  "drw.reveal": drawAct,
  "sht.submit": scoreSheet,
  "sht.save": scoreSheet,
  "evl.reject": fetched(async () => (await import("../../features/evaluation/findings.tsx")).FindingsPage),
  "opn.postPartial": fetched(async () => (await import("../../features/opening/post-partials.tsx")).PostPartials),
  "cer.accept": takePart,
  "cer.postRound1": takePart,
  "cer.postRound2": takePart,
  "cer.postRound3": takePart,
  "cer.acknowledge": takePart,
};
