/** Form fields whose label, hint and error are wired to the input, so that a screen reader says all three. */
import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import { useWords } from "../words/index.ts";
import { capitalText, fenOf } from "./money.ts";

/** What every field has. */
export type FieldFrame = {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly needed?: boolean;
};

/** Attributes that the frame hands to its input. */
export type Wired = {
  readonly id: string;
  readonly "aria-invalid"?: true;
  readonly "aria-describedby"?: string;
  readonly required?: boolean;
};

/** Label above, hint and error below; `children` gets the attributes that tie them together. */
export function Field(props: FieldFrame & { readonly children: (wired: Wired) => ReactNode }) {
  const t = useWords();
  const id = useId();
  const described = [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean).join(" ");
  const wired: Wired = {
    id,
    ...(props.error ? { "aria-invalid": true as const } : {}),
    ...(described ? { "aria-describedby": described } : {}),
    ...(props.needed ? { required: true } : {}),
  };
  return (
    <div className="field">
      <label htmlFor={id}>
        {props.label}
        <span className="needed">{props.needed ? t("form.needed") : t("form.optional")}</span>
      </label>
      {props.children(wired)}
      {props.hint && (
        <p className="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.error && (
        <p className="error" id={`${id}-error`}>
          {props.error}
        </p>
      )}
    </div>
  );
}

type TextProps = FieldFrame & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly long?: boolean;
  readonly type?: "text" | "date" | "datetime-local";
  readonly inputMode?: InputHTMLAttributes<HTMLInputElement>["inputMode"];
};

/** One line of text, or several with `long`. */
export function TextField(props: TextProps) {
  return (
    <Field {...props}>
      {(wired) =>
        props.long ? (
          <textarea {...wired} value={props.value} onChange={(event) => props.onChange(event.target.value)} />
        ) : (
          <input
            {...wired}
            type={props.type ?? "text"}
            step={props.type === "datetime-local" ? 1 : undefined}
            inputMode={props.inputMode}
            value={props.value}
            onChange={(event) => props.onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}

/** An amount typed in 元; the capital form stands below it. */
export function MoneyField(props: FieldFrame & { readonly value: string; readonly onChange: (value: string) => void }) {
  const t = useWords();
  const fen = fenOf(props.value);
  return (
    <Field {...props}>
      {(wired) => (
        <>
          <span className="with-unit">
            <input
              {...wired}
              type="text"
              inputMode="decimal"
              value={props.value}
              onChange={(event) => props.onChange(event.target.value)}
            />
            <span>{t("form.yuan")}</span>
          </span>
          {fen !== undefined && fen !== "0" && <span className="capital">{t("form.capital", { text: capitalText(fen) })}</span>}
        </>
      )}
    </Field>
  );
}

/** One of several. */
export function ChoiceField(
  props: FieldFrame & {
    readonly value: string;
    readonly options: readonly { readonly value: string; readonly label: string }[];
    readonly onChange: (value: string) => void;
  },
) {
  const t = useWords();
  return (
    <Field {...props}>
      {(wired) => (
        <select {...wired} className="input" value={props.value} onChange={(event) => props.onChange(event.target.value)}>
          <option value="">{t("form.choose")}</option>
          {props.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Yes or no. */
export function CheckField(props: {
  readonly label: string;
  readonly error?: string | undefined;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}) {
  return (
    <div className="field">
      <label className="check">
        <input
          type="checkbox"
          checked={props.value}
          {...(props.error ? { "aria-invalid": true } : {})}
          onChange={(event) => props.onChange(event.target.checked)}
        />
        <span style={{ fontWeight: 400 }}>{props.label}</span>
      </label>
      {props.error && <p className="error">{props.error}</p>}
    </div>
  );
}
