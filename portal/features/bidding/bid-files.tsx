/** Files of a bid. They stay on this computer until they are sealed; only their ciphertext is ever uploaded. */
import { type DragEvent, useState } from "react";
import { Icon } from "../../ui/icon.tsx";
import { sizeText } from "../../ui/size.ts";
import { useWords } from "../../words/index.ts";

/** A file of the bid under the name that it will have in it. */
export type BidFile = { readonly name: string; readonly blob: Blob };

/** Names inside a bid must differ and hold no path. */
export function withFiles(before: readonly BidFile[], chosen: readonly File[]): readonly BidFile[] {
  const added = chosen.map((file) => ({ name: file.name.replace(/[/\\]/g, "_"), blob: file }));
  const names = new Set(added.map(({ name }) => name));
  return [...before.filter(({ name }) => !names.has(name)), ...added];
}

type Change = (before: readonly BidFile[]) => readonly BidFile[];
type Props = { readonly files: readonly BidFile[]; readonly onChange: (change: Change) => void };

/** The list and the place to drop more. */
export function BidFiles({ files, onChange }: Props) {
  const t = useWords();
  const [over, setOver] = useState(false);
  // A change of what is there now, never a new whole: two that come before the next drawing would undo each other.
  const add = (chosen: readonly File[]) => onChange((before) => withFiles(before, chosen));
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    add([...event.dataTransfer.files]);
  };
  return (
    <div style={{ display: "grid", gap: 12 }}>
      <ul>
        {files.map((file) => (
          <li key={file.name} className="row apart" style={{ padding: "8px 0", borderTop: "1px solid var(--line-soft)" }}>
            <span className="row">
              <Icon name="document" /> {file.name}
            </span>
            <span className="row">
              <span className="small third">{sizeText(file.blob.size)}</span>
              <button className="button small" type="button" onClick={() => onChange((before) => before.filter((one) => one !== file))}>
                {t("form.remove")}
                <span className="only-readers"> {file.name}</span>
              </button>
            </span>
          </li>
        ))}
      </ul>
      <label
        className={`drop ${over ? "over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="upload" /> {t("bid.addFile")}
        <input
          className="only-readers"
          type="file"
          multiple
          aria-label={t("bid.addFile")}
          onChange={(event) => {
            add([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
      </label>
      <p className="caption second">{t("bid.filesStay")}</p>
    </div>
  );
}
