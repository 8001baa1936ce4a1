/** What is in the archive, what is missing, and under which root it is sealed. */
import { Type } from "@sinclair/typebox";
import { nullable, type Read, read } from "../transaction/index.ts";
import { archiveOf } from "./archive.ts";
import { listItems } from "./collect-items.ts";

const text = Type.String();

export const archiveRead = read({
  path: "/lots/:lotId/archive",
  title: "归档",
  group: "archive.package",
  response: Type.Object({
    state: text,
    items: Type.Array(Type.Object({ item: text, title: text, required: Type.Boolean(), present: Type.Boolean() })),
    missing: Type.Array(text),
    completedAt: nullable(text),
    sealed: nullable(
      Type.Object({
        root: text,
        phase: text,
        at: text,
        files: Type.Array(Type.Object({ path: text, sha256: text, size: Type.Integer() })),
      }),
    ),
  }),
  async load({ tx, lot, procedure }) {
    const archive = await archiveOf(tx, lot.id);
    const items = await listItems(tx, lot, procedure);
    const { sealed } = archive;
    return {
      state: archive.state,
      items,
      missing: items.filter(({ required, present }) => required && !present).map(({ title }) => title),
      completedAt: archive.completedAt,
      sealed: sealed && { root: sealed.root, phase: sealed.phase, at: sealed.at, files: [...sealed.files] },
    };
  },
});

export const archiveReads: readonly Read[] = [archiveRead];
