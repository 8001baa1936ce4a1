import assert from "node:assert/strict";
import { test } from "node:test";
import { abiHashes, anchorAbi } from "../../formats/evidence/index.ts";
import { compileContract, keptContract } from "./compile.ts";

test("what is kept beside the contract is what the compiler makes of it", () => {
  assert.deepEqual(compileContract("EvidenceAnchor"), keptContract("evidence-anchor"));
});

test("the contract has the functions and events of the specification", () => {
  const parts = keptContract("evidence-anchor").abi as { type: string; name?: string; inputs?: { type: string }[] }[];
  const signatures = parts.map(({ type, name, inputs }) => `${type} ${name}(${(inputs ?? []).map((input) => input.type).join(",")})`);
  for (const signature of Object.values(anchorAbi.functions)) assert.ok(signatures.includes(`function ${signature}`), signature);
  for (const signature of Object.values(anchorAbi.events)) assert.ok(signatures.includes(`event ${signature}`), signature);
  const selectors = Object.values(anchorAbi.functions).map((signature) => abiHashes(signature).selector);
  for (const selector of selectors) assert.ok(keptContract("evidence-anchor").bytecode.includes(selector), selector);
  for (const error of ["NotAllowed(uint8)", "TooLate(uint64,uint64)", "TooEarly(uint64,uint64)"])
    assert.ok(signatures.includes(`error ${error}`), error);
});
