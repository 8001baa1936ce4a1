/** The fields of an act, made from its schema. Knows kinds of input, never an act by name. */

import { CheckField, ChoiceField, Field, MoneyField, TextField } from "../ui/fields.tsx";
import { Icon } from "../ui/icon.tsx";
import { Digest } from "../ui/marks.tsx";
import { useWords, type Words } from "../words/index.ts";
import { fieldWord } from "./field-words.ts";
import { FileField } from "./file-field.tsx";
import {
  choicesOf,
  type Draft,
  type DraftError,
  type FormSchema,
  firstDraft,
  isFile,
  isNullable,
  leafOf,
  nounOf,
  plain,
  rowsSchema,
  valuesOfMap,
} from "./form-schema.ts";
import { ReferenceField } from "./reference-field.tsx";

/** One place of the draft on the screen. */
export type FieldsProps = {
  readonly name: string;
  readonly schema: FormSchema;
  readonly draft: Draft;
  readonly at: string;
  readonly needed: boolean;
  readonly errors: readonly DraftError[];
  readonly onChange: (draft: Draft) => void;
};

/** The sentence that stands under a field. */
export function errorText(t: Words, error: DraftError): string {
  if (error.kind === "missing") return t("form.missing", { label: error.label });
  if (error.kind === "belowMin") return t("form.belowMin", { min: error.limit ?? 0 });
  if (error.kind === "aboveMax") return t("form.aboveMax", { max: error.limit ?? 0 });
  return t(`form.${error.kind}`);
}

/** The label of a field. An amount is typed in 元, whatever unit the wire has. */
export const labelOf = (name: string, schema: FormSchema): string => (schema.title ?? fieldWord(name)).replace(/（分）/g, "");

/** Fields of a schema, whatever its shape. */
export function ActFields(whole: FieldsProps) {
  const known = plain(whole.schema);
  const schema = valuesOfMap(known) ? rowsSchema(known) : known;
  const props = { ...whole, schema, needed: whole.needed && !isNullable(whole.schema) };
  if (schema.type === "object" && schema.properties && !isFile(schema)) return <ObjectFields {...props} />;
  if (schema.type === "array" && schema.items) return <ListFields {...props} />;
  return <LeafField {...props} />;
}

function ObjectFields(props: FieldsProps) {
  const drafts = props.draft as { readonly [name: string]: Draft };
  const fields = Object.entries(props.schema.properties ?? {}).map(([name, part]) => (
    <ActFields
      key={name}
      name={name}
      schema={part}
      draft={drafts[name] ?? firstDraft(name, part)}
      at={`${props.at}/${name}`}
      needed={props.schema.required?.includes(name) ?? false}
      errors={props.errors}
      onChange={(draft) => props.onChange({ ...drafts, [name]: draft } as Draft)}
    />
  ));
  if (props.at === "") return <div className="form">{fields}</div>;
  return (
    <fieldset className="field">
      <legend>{labelOf(props.name, props.schema)}</legend>
      <div className="tint form">{fields}</div>
    </fieldset>
  );
}

/** An item of a list is called by its number. */
const numbered = (schema: FormSchema, index: number): FormSchema => ({
  ...schema,
  title: schema.title ? `${schema.title} ${index + 1}` : `第 ${index + 1} 项`,
});

/** Longer lists stand closed, so that the form stays readable. */
const manyItems = 8;

function Items(props: FieldsProps & { readonly items: readonly Draft[] }) {
  const t = useWords();
  const { items, schema } = props;
  return (
    <div className="items">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a draft have no identity but their place.
        <div className="item" key={index}>
          <ActFields
            {...props}
            schema={numbered(schema, index)}
            draft={item}
            at={`${props.at}/${index}`}
            needed
            onChange={(draft) => props.onChange(items.map((other, place) => (place === index ? draft : other)))}
          />
          <p>
            <button className="button small" type="button" onClick={() => props.onChange(items.filter((_, place) => place !== index))}>
              <Icon name="cross" />
              {t("form.remove")}
            </button>
          </p>
        </div>
      ))}
    </div>
  );
}

function ListFields(props: FieldsProps) {
  const t = useWords();
  const items = Array.isArray(props.draft) ? (props.draft as readonly Draft[]) : [];
  const schema = props.schema.items!;
  const add = () => props.onChange([...items, firstDraft(props.name, schema)]);
  return (
    <fieldset className="field">
      <legend>{labelOf(props.name, props.schema)}</legend>
      {props.schema.description && <p className="hint">{props.schema.description}</p>}
      {items.length > manyItems ? (
        <details>
          <summary>{t("form.items", { count: items.length })}</summary>
          <Items {...props} items={items} schema={schema} />
        </details>
      ) : (
        <Items {...props} items={items} schema={schema} />
      )}
      <p>
        <button className="button small" type="button" onClick={add}>
          {t("form.add")}
        </button>
      </p>
    </fieldset>
  );
}

/** A digest that the server filled in is shown, not typed. */
const isDigest = /^[0-9a-f]{64}$/;

function LeafField({ name, schema, draft, at, needed, errors, onChange }: FieldsProps) {
  const t = useWords();
  const leaf = leafOf(name, schema);
  const own = errors.find(({ pointer }) => pointer === at);
  const frame = {
    label: labelOf(name, schema),
    hint: schema.description,
    error: own && errorText(t, own),
    needed,
  };
  const text = typeof draft === "string" ? draft : "";
  if (leaf === "fixed") return null;
  if (isDigest.test(text))
    return (
      <p className="row">
        <span className="field-label">{frame.label}</span> <Digest value={text} />
      </p>
    );
  if (leaf === "tick") return <CheckField label={frame.label} error={frame.error} value={draft === true} onChange={onChange} />;
  if (leaf === "choice") return <ChoiceField {...frame} value={text} options={choicesOf(schema)} onChange={onChange} />;
  if (leaf === "money") return <MoneyField {...frame} value={text} onChange={onChange} />;
  if (leaf === "moment") return <TextField {...frame} type="datetime-local" value={text} onChange={onChange} />;
  if (leaf === "day") return <TextField {...frame} type="date" value={text} onChange={onChange} />;
  if (leaf === "integer") return <TextField {...frame} inputMode="numeric" value={text} onChange={onChange} />;
  if (leaf === "reference") return <ReferenceField {...frame} noun={nounOf(schema)!} value={text} onChange={onChange} />;
  if (leaf === "file") {
    return <Field {...frame}>{(wired) => <FileField wired={wired} schema={schema} draft={draft} onChange={onChange} />}</Field>;
  }
  const long = leaf === "long" || leaf === "json";
  return <TextField {...frame} long={long} value={text} onChange={onChange} hint={leaf === "json" ? t("form.json") : frame.hint} />;
}
