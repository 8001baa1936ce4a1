/** I04: one idempotency key, one effect, one answer. */
import type { PlacedEvent } from "../../server/record/index.ts";
import type { Finding, Scanned, ToldAnswer } from "./finding.ts";

export async function scan({ events, commands, told = [] }: Scanned): Promise<Finding[]> {
  return [...effects(events, commands), ...answers(told)];
}

/** The events of a command are of one moment, one will and one run of positions, and the command was accepted. */
function effects(events: readonly PlacedEvent[], commands: Scanned["commands"]): Finding[] {
  const kept = new Map(commands.map((row) => [`${row.actor} ${row.key}`, row]));
  const groups = Map.groupBy(
    // Sealed acts show neither actor nor command; the founding has no person yet who could command it.
    events.filter(({ actor, act }) => actor !== "sealed" && act !== null),
    ({ actor, commandId }) => `${actor} ${commandId}`,
  );
  return [...groups].flatMap(([command, own]) => {
    const find = (words: string): Finding => ({ invariant: "I04", where: command, words });
    const found: Finding[] = [];
    if (kept.get(command)?.status !== 200) found.push(find("events stand in the record, but the command was not accepted"));
    if (new Set(own.map(({ at, act }) => `${at} ${act?.digest}`)).size > 1) found.push(find("one command id did two things"));
    const steps = own.map(({ stream, version }) => `${stream}@${version}`);
    if (new Set(steps).size !== steps.length) found.push(find("one effect stands twice"));
    return found;
  });
}

function answers(told: readonly ToldAnswer[]): Finding[] {
  const first = new Map<string, ToldAnswer>();
  return told.flatMap((answer) => {
    const before = first.get(answer.commandId) ?? answer;
    first.set(answer.commandId, before);
    return before.text === answer.text && before.status === answer.status
      ? []
      : [{ invariant: "I04", where: answer.commandId, words: "the same command was answered differently" }];
  });
}
