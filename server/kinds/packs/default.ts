/** The pack of a trade without a sector of its own: everything as the column says. */
import type { Pack } from "./pack.ts";

export const defaultPack: Pack = {
  id: "default",
  name: { zh: "通用", en: "General" },
  columns: "any",
  parameters: {},
  leavesOut: [],
  setsAside: [],
  sandboxOnly: false,
};
