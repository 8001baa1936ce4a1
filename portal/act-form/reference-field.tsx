/** A field that points at something by id: a choice of names where a list is known, else the id as text. */
import { useQuery } from "@tanstack/react-query";
import { type Reference, referencesQuery } from "../api/references.ts";
import { ChoiceField, type FieldFrame, TextField } from "../ui/fields.tsx";
import { Digest } from "../ui/marks.tsx";

const rolesByWord: readonly (readonly [RegExp, string])[] = [
  [/交易中心|见证/, "centre"],
  [/监督/, "supervisor"],
  [/代理/, "agent"],
  [/招标人/, "buyer"],
  [/投标人|中标人/, "bidder"],
  [/专家/, "expert"],
  [/担保|保证人|开立/, "guarantor"],
];

/** Those whose role the label names; all of them when it names none. */
export function fitting(label: string, references: readonly Reference[]): readonly Reference[] {
  const role = rolesByWord.find(([word]) => word.test(label))?.[1];
  const fit = role ? references.filter((reference) => reference.role === undefined || reference.role === role) : references;
  return [...new Map((fit.length > 0 ? fit : references).map((reference) => [reference.id, reference])).values()];
}

type Props = FieldFrame & { readonly noun: string; readonly value: string; readonly onChange: (value: string) => void };

/** The field. */
export function ReferenceField({ noun, ...frame }: Props) {
  const { data: references = [] } = useQuery(referencesQuery(noun));
  const options = fitting(frame.label, references).map(({ id, name }) => ({ value: id, label: name }));
  if (options.length === 0 && frame.value !== "") {
    return (
      <p className="row">
        <span className="field-label">{frame.label}</span> <Digest value={frame.value} />
      </p>
    );
  }
  if (options.length === 0 || (frame.value !== "" && !options.some(({ value }) => value === frame.value))) {
    return <TextField {...frame} />;
  }
  return <ChoiceField {...frame} options={options} />;
}
