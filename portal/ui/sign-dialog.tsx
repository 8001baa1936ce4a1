/**
 * The one place where an act is confirmed and signed. It shows what will be signed, signs in the page, sends, and
 * shows the refusal here or hands the answer back. A second press sends the same key, so it counts once.
 */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useWords } from "../words/index.ts";
import { Facts, type Row } from "./card.tsx";
import { RefusalBlock } from "./refusal-block.tsx";

/** What the dialog asks a person to confirm. */
export type SignRequest = {
  readonly title: string;
  readonly lead?: string;
  readonly rows: readonly Row[];
  readonly warning?: ReactNode;
  readonly send: (commandId: string) => Promise<void>;
};

/** Dialog over the page; `undefined` keeps it closed. */
export function SignDialog(props: { readonly request: SignRequest | undefined; readonly onClose: () => void }) {
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [key, setKey] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const { request, onClose } = props;
  useEffect(() => {
    if (request) {
      setKey(`cmd_${crypto.randomUUID().replaceAll("-", "")}`);
      setError(undefined);
      dialog.current?.showModal();
    } else {
      dialog.current?.close();
    }
  }, [request]);
  const submit = async () => {
    if (!request) return;
    setBusy(true);
    setError(undefined);
    try {
      await request.send(key);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <dialog className="sign" ref={dialog} onClose={onClose} aria-labelledby="sign-title">
      {request && (
        <>
          <header>
            <p className="small second">{t("sign.title")}</p>
            <h2 id="sign-title">{request.title}</h2>
          </header>
          <div className="body">
            <p className="small second">{request.lead ?? t("sign.lead")}</p>
            <div className="tint">
              <Facts rows={request.rows} />
            </div>
            {request.warning}
            {error !== undefined && <RefusalBlock error={error} />}
          </div>
          <footer>
            <button className="button large" type="button" disabled={busy} onClick={onClose}>
              {t("common.cancel")}
            </button>
            <button className="button primary large" type="button" disabled={busy} onClick={() => void submit()}>
              {busy ? t("sign.signing") : t("sign.submit")}
            </button>
          </footer>
        </>
      )}
    </dialog>
  );
}
