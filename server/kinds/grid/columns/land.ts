/** Land and minerals: published and reported only: the columns of the grid. A cell names the passes in which a step occurs (model.md §4); marks are explained in `cell.ts`. */
import type { ColumnData } from "../cell.ts";

export const landColumns: readonly ColumnData[] = [
  {
    code: "LP",
    key: "land.publication",
    domain: "land_mineral",
    name: { zh: "土地和矿业权信息发布", en: "Land and minerals, published only" },
    cells: {
      "catalogue.admit": "1",
      "tendering.publish": "1",
      "award.publishResult": "1",
      "archive.close": "1",
    },
  },
];
