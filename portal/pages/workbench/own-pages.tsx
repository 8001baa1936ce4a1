/** Acts that have a page of their own, because a form alone would not do: sealing, decrypting, scoring. */
import type { ComponentType } from "react";
import type { NextAct } from "../../api/types.ts";

/** What such a page is given. */
export type OwnPage = ComponentType<{ readonly act: NextAct; readonly lotId: string }>;

/** Pages by act. */
export const ownPages: Readonly<Record<string, OwnPage>> = {};
