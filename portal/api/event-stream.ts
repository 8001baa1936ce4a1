/** Reads server-sent events from a stream of text. Pure; keeps what is not yet a whole event. */

/** One event of a stream. */
export type StreamEvent = { readonly name: string; readonly id: string | undefined; readonly data: string };

/** Splits what has come into whole events and the rest. */
export function splitEvents(text: string): { readonly events: readonly StreamEvent[]; readonly rest: string } {
  const blocks = text.replace(/\r\n?/g, "\n").split("\n\n");
  const rest = blocks.pop() ?? "";
  return { events: blocks.map(eventOf).filter((event) => event !== undefined), rest };
}

function eventOf(block: string): StreamEvent | undefined {
  let name = "message";
  let id: string | undefined;
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === "event") name = value!;
    else if (field === "id") id = value;
    else if (field === "data") data.push(value!);
  }
  return data.length === 0 ? undefined : { name, id, data: data.join("\n") };
}
