/** Small shapes that the data of acts are made of; titles are the labels of the generic form. All objects are closed. */
import { type TProperties, Type } from "@sinclair/typebox";

export const closed = <Members extends TProperties>(members: Members, title?: string) =>
  Type.Object(members, { additionalProperties: false, ...(title ? { title } : {}) });
export const text = (title: string, maxLength = 200) => Type.String({ title, minLength: 1, maxLength });
export const fen = (title: string) => Type.String({ title, pattern: "^(?:0|[1-9][0-9]{0,17})$" });
export const day = (title: string) => Type.String({ title, pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
export const organisation = (title: string) => Type.String({ title, pattern: "^org_[0-9A-HJKMNP-TV-Z]{26}$" });
export const nullable = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) => Type.Union([shape, Type.Null()]);
export const file = closed({
  name: text("文件名", 120),
  title: text("名称", 120),
  sha256: Type.String({ title: "摘要", pattern: "^[0-9a-f]{64}$" }),
  size: Type.Integer({ title: "大小（字节）", minimum: 0 }),
});
export const instant = (title: string) =>
  Type.String({ title, pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$" });
export const count = (title: string, minimum = 0, maximum = 100_000) => Type.Integer({ title, minimum, maximum });
export const digest = (title: string) => Type.String({ title, pattern: "^[0-9a-f]{64}$" });
/** One word of a closed list. */
export const oneOf = <Word extends string>(title: string, ...words: Word[]) =>
  Type.Union(
    words.map((word) => Type.Literal(word)),
    { title },
  );
/** Codes of warnings that the person has read and accepts (model.md §5). */
export const acknowledged = Type.Array(Type.String({ maxLength: 80 }), { title: "已知悉的提示", maxItems: 20 });
