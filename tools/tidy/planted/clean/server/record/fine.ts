/** What is allowed: a parsed date, a discriminated union by another name, four parameters. */
export const parsed = () => new Date("2026-11-23T00:00:00.000Z");
export const four = (a: number, b: number, c: number, d: number) => a + b + c + d;
export const isBid = (event: { type: string }) => event.type === "bid";
