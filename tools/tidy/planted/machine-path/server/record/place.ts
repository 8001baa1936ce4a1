/** A planted breach: never run. */
export const place = "/home/someone/egret/data";
