/** Where files are dropped or chosen. Nothing leaves the browser. */
import { type ChangeEvent, type DragEvent, useState } from "react";
import { Icon } from "../../ui/icon.tsx";
import { useWords } from "../../words/index.ts";
import { type Gathered, gatherChosen, gatherDrop } from "./gather.ts";

/** The dashed box, with a choice of files and of a folder. */
export function DropPlace({ onFiles }: { readonly onFiles: (files: readonly Gathered[]) => void }) {
  const t = useWords();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void gatherDrop(event.dataTransfer).then(onFiles);
  };
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    onFiles(gatherChosen(target.files));
    // Or the same file, changed in between, could not be chosen a second time.
    target.value = "";
  };
  const input = { className: "only-readers", type: "file", multiple: true, onChange: choose } as const;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the two inputs inside are the first.
    <div
      className={`drop verify-drop ${over ? "over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="document" /> {t("verify.drop")}{" "}
      <label className="chooses">
        {t("verify.file")}
        <input {...input} />
      </label>{" "}
      <label className="chooses">
        {t("verify.folder")}
        <input {...input} {...{ webkitdirectory: "" }} />
      </label>
    </div>
  );
}
