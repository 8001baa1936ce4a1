/** One after another: a connection does one query at a time, and asking for two at once is an error of the caller. */
export async function inTurn<Item, Result>(items: Iterable<Item>, work: (item: Item) => Promise<Result> | Result): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
