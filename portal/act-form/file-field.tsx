/** A file of an act: chosen or dropped, uploaded at once; the act then carries its name, size and digest. */
import { type DragEvent, useState } from "react";
import { type FileName, uploadFile } from "../api/files.ts";
import type { Wired } from "../ui/fields.tsx";
import { Icon } from "../ui/icon.tsx";
import { RefusalBlock } from "../ui/refusal-block.tsx";
import { sizeText } from "../ui/size.ts";
import { useWords } from "../words/index.ts";
import type { Draft, FileDraft, FormSchema } from "./form-schema.ts";

type Props = {
  readonly wired: Wired;
  readonly schema: FormSchema;
  readonly draft: Draft;
  readonly onChange: (draft: FileDraft) => void;
};

/** What the schema asks of a file beside its digest: a title is its name without the ending. */
function described(schema: FormSchema, file: FileName): Record<string, unknown> {
  const wanted = Object.keys(schema.properties ?? {});
  const all = { ...file, title: file.name.replace(/\.[^.]+$/, ""), mediaType: file.mediaType };
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name)));
}

/** A place to drop one file. */
export function FileField({ wired, schema, draft, onChange }: Props) {
  const t = useWords();
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const done = typeof draft === "object" && "file" in draft ? (draft.file as Record<string, unknown>) : undefined;
  const take = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    setError(undefined);
    try {
      onChange({ file: described(schema, await uploadFile(file)) });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <>
      <label
        className={`drop ${over ? "over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name={done ? "check" : "upload"} />{" "}
        {busy
          ? t("form.fileReading")
          : done
            ? t("form.fileDone", { name: String(done["name"]), size: sizeText(Number(done["size"])) })
            : t("form.file")}
        <input {...wired} className="only-readers" type="file" onChange={(event) => void take(event.target.files?.[0])} />
      </label>
      {error !== undefined && <RefusalBlock error={error} />}
    </>
  );
}
