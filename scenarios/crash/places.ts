/**
 * Where the server dies in one telling of the story, in the order in which the story comes by. `:n` is the
 * n-th passing in the life of the process.
 */
export const everyPlace: readonly string[] = [
  "CP17.migrating:3",
  "CP05.relay",
  "CP15.sent",
  "CP15.stored",
  "CP15.applied",
  "CP03.refused",
  "CP07.tick:2",
  "CP03.numbered:3",
  "CP01.parsed:3",
  "CP02.stamped:3",
  "CP03.decided:3",
  "CP04.committed:2",
  "CP02.clock-kept",
  "CP05.reacted:2",
  "CP19.written",
  "CP19.renamed",
  "CP03.limit-reached",
  "CP04.receipt",
  "CP14.planned",
  "CP11.secret-out",
  "CP11.frozen",
  "CP14.committed:3",
  "CP14.revealed:2",
  "CP14.derived",
  "CP12.keys-frozen",
  "CP12.first-partial",
  "CP13.one-unsealed:2",
  "CP04.committed:8",
  "CP03.decided:20",
  "CP15.sent",
  // Heads are made all the time: these four come one upon the other, where nobody outside waits ever longer for us.
  "CP08.tiles-written:3",
  "CP09.signed:2",
  "CP10.cosigned:2",
  "CP22.anchored",
  "CP20.half-written:3",
];

/** What every `npm test` kills: one of each danger. The rest is told by `scenarios/crash/run.ts`. */
export const shortSelection: readonly string[] = [
  "CP03.decided:4",
  "CP04.committed:2",
  "CP09.signed:3",
  "CP04.receipt",
  "CP11.frozen",
  "CP13.one-unsealed:2",
  "CP20.half-written:3",
];
